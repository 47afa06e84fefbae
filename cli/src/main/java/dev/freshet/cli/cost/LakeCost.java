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
 * and the duration of a transformation are estimates, which nothing has measured on AWS. Sizes of
 * columns are of a million generated rows, as DuckDB writes them with Zstandard: of 54 bytes a row
 * the id of the event has 21, the pseudonym 8, the list 5, the item, each time and the position 2
 * to 4, and what is taken back 0.2.
 */
public final class LakeCost {
    /** The statements of a night in which nothing came and nobody was erased. */
    public static final int STATEMENTS_A_NIGHT = 25;

    /** The statements that a Sunday of such a stack, with 400 days, has more. */
    public static final int STATEMENTS_A_SUNDAY = 13;

    /** The state transitions of such a night. */
    public static final int TRANSITIONS_A_NIGHT = 81;

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
    private static final double KEPT_DAYS = 400;

    /** What a query reads of a row of its days: whose and what it is, and what took it back. */
    private static final double ACT_BYTES = 40 + 12;

    /** What a query reads of the lists that were shown, for each event. */
    private static final double PLACES_BYTES = 30;

    /** What the query of the quality of arrivals reads of one. */
    private static final double ARRIVAL_BYTES = 45;

    /** What a deletion of erased people reads of a row: whose it is, and its position, twice. */
    private static final double ERASING_BYTES = 22;

    /** The days of acts that the named queries read: six the days asked of, and one 90 more. */
    private static final double DAYS_OF_ACTS = 7 * LakeAnswers.DAYS + 90.0;

    private static final double DAYS_OF_LISTS = 3 * LakeAnswers.DAYS;
    private static final double DAYS_OF_ARRIVALS = 14;

    /** What Firehose rounds records up to for destinations other than Iceberg tables. */
    private static final double ROUNDED_BYTES = 5_000;

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
            double asked =
                    DAYS_OF_ACTS * ACT_BYTES
                            + DAYS_OF_LISTS * PLACES_BYTES
                            + DAYS_OF_ARRIVALS * ARRIVAL_BYTES;
            double stored = Bill.gb(events * PARQUET_BYTES);
            bill.add(FIREHOSE_ICEBERG_GB, "delivery to the lake", Bill.gb(events * ROW_BYTES))
                    .add(LAMBDA_REQUEST, "invocations of Lake", batches)
                    .add(LAMBDA_GB_SECOND, "running Lake", seconds * bill.stack.memoryGb("Lake"))
                    .add(DYNAMODB_READ_UNIT, "profiles for the lake", events * READ_UNITS)
                    .add(S3_GB_MONTH, "400 days in the lake", stored * KEPT_DAYS / NIGHTS)
                    .add(ATHENA_TB, "named queries each night", events * asked / 1e12)
                    .add(
                            ATHENA_TB,
                            "deleting rows of erased people each night",
                            events * KEPT_DAYS * ERASING_BYTES / 1e12);
        }
    }

    /**
     * Returns the dollars that the delivery would cost more if Firehose rounded each record up to 5
     * KB, as it does for other destinations; its price page, of which no copy of this year was
     * read, is quoted as pricing Iceberg tables by whole bytes.
     */
    static double rounding(Bill bill) {
        return bill.lines().stream()
                .filter(line -> line.charge() == FIREHOSE_ICEBERG_GB)
                .mapToDouble(line -> line.dollars() * (ROUNDED_BYTES / ROW_BYTES - 1))
                .sum();
    }

    private static boolean isThere(StackTemplate stack) {
        return stack.count("AWS::KinesisFirehose::DeliveryStream") > 0;
    }
}
