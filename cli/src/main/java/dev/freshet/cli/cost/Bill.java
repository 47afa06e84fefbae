package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.Charge.DYNAMODB_READ_UNIT;
import static dev.freshet.cli.cost.Charge.DYNAMODB_WRITE_UNIT;
import static dev.freshet.cli.cost.Charge.KINESIS_PUT_UNIT;
import static dev.freshet.cli.cost.Charge.LAMBDA_GB_SECOND;
import static dev.freshet.cli.cost.Charge.LAMBDA_REQUEST;
import static dev.freshet.cli.cost.Charge.LOG_GB;
import static dev.freshet.cli.cost.Charge.S3_GET;
import static dev.freshet.cli.cost.Charge.S3_PUT;
import static dev.freshet.cli.cost.Charge.XRAY_TRACE;

import dev.freshet.cli.cost.MeasuredUnits.Units;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** The charges of one month, in dollars. */
public record Bill(List<Line> lines) {
    /**
     * One charge.
     *
     * @param what a phrase for people
     * @param quantity in the unit of the charge's price
     */
    public record Line(Charge charge, String what, double quantity, double dollars) {}

    public Bill {
        lines = List.copyOf(lines);
    }

    /** Returns the sum of all charges. */
    public double total() {
        return lines.stream().mapToDouble(Line::dollars).sum();
    }

    /** Returns the sums by service, in the order of {@link Charge}. */
    public Map<String, Double> byService() {
        Map<String, Double> sums = new LinkedHashMap<>();
        for (Charge charge : Charge.values()) {
            double sum =
                    lines.stream()
                            .filter(line -> line.charge() == charge)
                            .mapToDouble(Line::dollars)
                            .sum();
            if (sum > 0) {
                sums.merge(charge.service(), sum, Double::sum);
            }
        }
        return sums;
    }

    /** Returns a bill with the charges of both. */
    Bill and(Bill other) {
        return new Bill(Stream.concat(lines.stream(), other.lines.stream()).toList());
    }

    /** Returns GB of bytes, as AWS counts them. */
    static double gb(double bytes) {
        return bytes / 1e9;
    }

    /** Collects the lines of the bill of one stack; charges of nothing are left out. */
    static final class Builder {
        final StackTemplate stack;
        final MeasuredUnits units;
        private final PriceList prices;
        private final List<Line> lines = new ArrayList<>();

        Builder(StackTemplate stack, MeasuredUnits units, PriceList prices) {
            this.stack = stack;
            this.units = units;
            this.prices = prices;
        }

        Builder add(Charge charge, String what, double quantity) {
            if (quantity > 0) {
                lines.add(new Line(charge, what, quantity, prices.of(charge, quantity)));
            }
            return this;
        }

        /**
         * Adds the invocations of a function in a month.
         *
         * @param used what all of them consume
         */
        void function(String function, double invocations, Units used) {
            double platform = stack.logsInvocations(function) ? units.platformLogBytes() : 0;
            double gbSeconds = used.milliseconds() / 1_000 * stack.memoryGb(function);
            add(LAMBDA_REQUEST, "invocations of " + function, invocations);
            add(LAMBDA_GB_SECOND, "running " + function, gbSeconds);
            consumed(function, used, gb(invocations * platform));
            if (stack.traces(function)) {
                add(XRAY_TRACE, "traces of " + function, traced(invocations));
            }
        }

        /**
         * Adds what the code of a function consumes in a month, wherever it runs: the processors
         * and the memory of a worker, which does such work too, are paid by the hour.
         *
         * @param platformLogGb GB that Lambda itself writes to the log
         */
        void consumed(String function, Units used, double platformLogGb) {
            add(LOG_GB, "log of " + function, gb(used.logBytes()) + platformLogGb);
            add(DYNAMODB_READ_UNIT, "reads of " + function, used.readUnits());
            add(DYNAMODB_WRITE_UNIT, "writes of " + function, used.writeUnits());
            add(KINESIS_PUT_UNIT, "records of " + function, used.streamUnits());
            add(S3_PUT, "S3 writes and lists of " + function, used.s3Puts());
            add(S3_GET, "S3 reads of " + function, used.s3Gets());
        }

        /**
         * Returns the invocations that Lambda traces: the first of each second, and one in twenty
         * of the rest.
         *
         * @see <a
         *     href="https://docs.aws.amazon.com/lambda/latest/dg/services-xray.html">Tracing</a>
         */
        private static double traced(double invocations) {
            double first = Math.min(invocations, Workload.MONTH_SECONDS);
            return first + 0.05 * (invocations - first);
        }

        Bill build() {
            return new Bill(lines);
        }
    }
}
