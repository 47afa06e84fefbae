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
                        used.milliseconds() / 1_000 * stack.memoryGb(function))
                .add(
                        Charge.LOG_GB,
                        "log of " + function,
                        IdleCost.gb(used.logBytes() + invocations * platform))
                .add(Charge.DYNAMODB_READ_UNIT, "reads of " + function, used.readUnits())
                .add(Charge.DYNAMODB_WRITE_UNIT, "writes of " + function, used.writeUnits())
                .add(Charge.KINESIS_PUT_UNIT, "records of " + function, used.streamUnits())
                .add(Charge.S3_PUT, "S3 writes and lists of " + function, used.s3Puts())
                .add(Charge.S3_GET, "S3 reads of " + function, used.s3Gets());
        if (stack.traces(function)) {
            bill.add(Charge.XRAY_TRACE, "traces of " + function, traced(invocations));
        }
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
