package dev.freshet.cli.cost;

/** The charges of the invocations of one function, and of what they consume. */
final class FunctionCost {
    private FunctionCost() {}

    /**
     * Adds the charges of a month.
     *
     * @param invocations of the month
     * @param used what all of them consume
     */
    static void add(
            Bill.Builder bill,
            StackTemplate stack,
            MeasuredUnits units,
            String function,
            double invocations,
            Units used) {
        double platform = stack.logsInvocations(function) ? units.platformLogBytes() : 0;
        bill.add(Charge.LAMBDA_REQUEST, "invocations of " + function, invocations)
                .add(
                        Charge.LAMBDA_GB_SECOND,
                        "running " + function,
                        used.milliseconds() / 1_000 * stack.memoryGb(function));
        consumed(bill, function, used, IdleCost.gb(invocations * platform));
        if (stack.traces(function)) {
            bill.add(Charge.XRAY_TRACE, "traces of " + function, traced(invocations));
        }
    }

    /**
     * Adds the charges of a month of work that a worker does in place of a function. Its processors
     * and its memory are paid by the hour.
     *
     * @param used what all of the work consumes
     */
    static void addOfWorker(Bill.Builder bill, String function, Units used) {
        consumed(bill, function, used, 0);
    }

    /**
     * Adds what is consumed wherever the code runs.
     *
     * @param platformLogGb GB that Lambda itself writes to the log
     */
    private static void consumed(
            Bill.Builder bill, String function, Units used, double platformLogGb) {
        bill.add(Charge.LOG_GB, "log of " + function, IdleCost.gb(used.logBytes()) + platformLogGb)
                .add(Charge.DYNAMODB_READ_UNIT, "reads of " + function, used.readUnits())
                .add(Charge.DYNAMODB_WRITE_UNIT, "writes of " + function, used.writeUnits())
                .add(Charge.KINESIS_PUT_UNIT, "records of " + function, used.streamUnits())
                .add(Charge.S3_PUT, "S3 writes and lists of " + function, used.s3Puts())
                .add(Charge.S3_GET, "S3 reads of " + function, used.s3Gets());
    }

    /**
     * Returns the invocations that Lambda traces: the first of each second, and one in twenty of
     * the rest.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html">Tracing</a>
     */
    private static double traced(double invocations) {
        double first = Math.min(invocations, Workload.MONTH_SECONDS);
        return first + 0.05 * (invocations - first);
    }
}
