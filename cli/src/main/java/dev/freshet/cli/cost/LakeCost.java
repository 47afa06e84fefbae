package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.Charge.ATHENA_TB;
import static dev.freshet.cli.cost.Charge.DYNAMODB_READ_UNIT;
import static dev.freshet.cli.cost.Charge.FIREHOSE_ICEBERG_GB;
import static dev.freshet.cli.cost.Charge.LAMBDA_GB_SECOND;
import static dev.freshet.cli.cost.Charge.LAMBDA_REQUEST;
import static dev.freshet.cli.cost.Charge.S3_GB_MONTH;
import static dev.freshet.cli.cost.Charge.STATE_TRANSITION;

import dev.freshet.lake.LakeAnswers;

/**
 * The bill of a lake. The nightly run is counted by a test that runs its definition; sizes of rows
 * and the duration of a transformation are estimates, which nothing has measured on AWS.
 */
public final class LakeCost {
    /** The statements of a night in which nothing came and nobody was erased. */
    public static final int STATEMENTS_A_NIGHT = 26;

    /** The statements that a Sunday of such a stack, with 400 days, has more. */
    public static final int STATEMENTS_A_SUNDAY = 13;

    /** The state transitions of such a night. */
    public static final int TRANSITIONS_A_NIGHT = 83;

    /** The state transitions that such a Sunday has more. */
    public static final int TRANSITIONS_A_SUNDAY = 29;

    private static final double NIGHTS = 730 / 24.0;
    private static final double SUNDAYS = NIGHTS / 7;
    private static final double LEAST_TB = 10e6 / 1e12;
    private static final double RECORD_BYTES = 600;
    private static final double ROW_BYTES = 700;
    private static final double PARQUET_BYTES = 60;
    private static final double BATCH_BYTES = 1e6;
    private static final double BATCH_SECONDS = 60;
    private static final double BATCH_MILLISECONDS = 100;
    private static final double READ_UNITS = 0.5;
    private static final double KEPT_MONTHS = 400 / NIGHTS;

    /** The part of the bytes of the rows it asks of that a named query reads: some columns. */
    private static final double READ_SHARE = 0.3;

    private LakeCost() {}

    /** Adds the lake of a stack that nobody uses. */
    static void addIdle(Bill.Builder bill) {
        if (isThere(bill.stack)) {
            double statements = NIGHTS * STATEMENTS_A_NIGHT + SUNDAYS * STATEMENTS_A_SUNDAY;
            double steps = NIGHTS * TRANSITIONS_A_NIGHT + SUNDAYS * TRANSITIONS_A_SUNDAY;
            bill.add(ATHENA_TB, "nightly statements of the lake", LEAST_TB * statements)
                    .add(STATE_TRANSITION, "nightly steps of the lake", steps);
        }
    }

    /** Adds what a month of events costs in the lake, without the owner's own queries. */
    static void addUse(Bill.Builder bill, double events) {
        if (isThere(bill.stack) && events > 0) {
            double batches =
                    Math.max(
                            Workload.MONTH_SECONDS / BATCH_SECONDS,
                            events * RECORD_BYTES / BATCH_BYTES);
            double seconds = batches * BATCH_MILLISECONDS / 1_000;
            double read = LakeAnswers.QUERIES.size() * LakeAnswers.DAYS * READ_SHARE;
            double stored = Bill.gb(events * PARQUET_BYTES);
            bill.add(FIREHOSE_ICEBERG_GB, "delivery to the lake", Bill.gb(events * ROW_BYTES))
                    .add(LAMBDA_REQUEST, "invocations of Lake", batches)
                    .add(LAMBDA_GB_SECOND, "running Lake", seconds * bill.stack.memoryGb("Lake"))
                    .add(DYNAMODB_READ_UNIT, "profiles for the lake", events * READ_UNITS)
                    .add(S3_GB_MONTH, "400 days in the lake", stored * KEPT_MONTHS)
                    .add(
                            ATHENA_TB,
                            "named queries each night",
                            read * events * PARQUET_BYTES / 1e12);
        }
    }

    private static boolean isThere(StackTemplate stack) {
        return stack.count("AWS::KinesisFirehose::DeliveryStream") > 0;
    }
}
