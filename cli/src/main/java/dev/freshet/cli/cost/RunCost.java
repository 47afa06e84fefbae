package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.Charge.DYNAMODB_READ_UNIT;
import static dev.freshet.cli.cost.Charge.EMR_CPU_HOUR;
import static dev.freshet.cli.cost.Charge.EMR_GB_HOUR;
import static dev.freshet.cli.cost.Charge.EXPRESS_GB_SECOND;
import static dev.freshet.cli.cost.Charge.EXPRESS_REQUEST;
import static dev.freshet.cli.cost.Charge.LAMBDA_GB_SECOND;
import static dev.freshet.cli.cost.Charge.LAMBDA_REQUEST;
import static dev.freshet.cli.cost.Charge.S3_GET;
import static dev.freshet.cli.cost.Charge.S3_PUT;
import static dev.freshet.cli.cost.Charge.STATE_TRANSITION;
import static dev.freshet.cli.cost.Charge.TRANSFER_GB;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.recommend.BulkRun;

/**
 * The bills of what runs on demand: lists in bulk, and batch jobs on EMR Serverless, which is
 * charged by the second that workers run. Nothing was measured on AWS.
 */
final class RunCost {
    /** Milliseconds of one processor for a list, without waits, of which 16 users share a time. */
    private static final double LIST_MILLISECONDS = 10;

    /** Compressed bytes of a list with its reasons and its token. */
    private static final double LIST_BYTES = 3_300;

    /** Steps of an execution besides its batches. */
    private static final double STEPS = 5;

    private static final double EXPRESS_GB = 64.0 / 1_024;

    /** Interactions of the history that a run of batch jobs is quoted for. */
    private static final double HISTORY = 1e8;

    /** Pairs of items that a processor counted in a second, on one machine (docs/results.md). */
    private static final double PAIRS_A_CPU_SECOND = 46_000;

    /**
     * Interactions, each once a round, that a processor learned factors from in a second, on one
     * machine.
     */
    private static final double FACTORS_A_CPU_SECOND = 126_000;

    /** Rounds of the job of factors, unless given. */
    private static final double ROUNDS = 10;

    /** Pairs of an interaction, of people who have ten of them. */
    private static final double PAIRS_AN_INTERACTION = 4.5;

    /** Seconds of a run in which its workers begin, read and write, for both jobs. */
    private static final double SECONDS_OF_RUN = 120;

    /** The vCPUs of the driver, and of an executor. */
    private static final double CPUS_OF_WORKER = 4;

    private static final double GB_OF_CPU = 4;
    private static final double HOUR = 3_600;
    private static final double DAYS = 730 / 24.0;

    private RunCost() {}

    /**
     * Adds lists that one run makes and the command takes. Reads are the measured ones of a
     * request; the time and the size of a list of 50 items were measured by the function itself on
     * a catalogue of 2,000 items (docs/bulk.md).
     */
    static void addBulk(Bill.Builder bill, double lists) {
        double batches = lists / BulkRun.BATCH;
        double seconds = lists * LIST_MILLISECONDS / 1_000;
        double reads = lists * bill.units.of("Recommend").part("invocation").readUnits();
        bill.add(LAMBDA_REQUEST, "invocations of Bulk", batches)
                .add(LAMBDA_GB_SECOND, "running Bulk", seconds * bill.stack.memoryGb("Bulk"))
                .add(DYNAMODB_READ_UNIT, "reads of Bulk", reads)
                .add(S3_PUT, "objects with lists", batches)
                .add(S3_GET, "taking lists", batches)
                .add(STATE_TRANSITION, "steps of a run", STEPS)
                .add(EXPRESS_REQUEST, "batches of a run", batches)
                .add(EXPRESS_GB_SECOND, "waiting for batches", seconds * EXPRESS_GB)
                .add(TRANSFER_GB, "taking lists out of AWS", Bill.gb(lists * LIST_BYTES));
    }

    /**
     * Adds a run of batch jobs over a long history: those of neighbours and factors. Pairs of an
     * interaction, and the time in which workers do nothing yet, are estimates.
     */
    static void addBatch(Bill.Builder bill, JsonNode application) {
        String most = application.at("/MaximumCapacity/Cpu").asText();
        double cpus = Double.parseDouble(most.replace(" vCPU", ""));
        double counting = HISTORY * PAIRS_AN_INTERACTION / PAIRS_A_CPU_SECOND;
        double learning = HISTORY * ROUNDS / FACTORS_A_CPU_SECOND;
        double seconds = (counting + learning) / (cpus - CPUS_OF_WORKER) + SECONDS_OF_RUN;
        add(bill, cpus * seconds / HOUR, 1);
    }

    /** Adds the runs of batch jobs in a month over a lake that has next to nothing. */
    static void addIdleBatch(Bill.Builder bill) {
        if (bill.stack.count(StackTemplate.BATCH) > 0) {
            boolean weekly =
                    bill.stack.ofType("AWS::Events::Rule").stream()
                            .map(rule -> rule.path("ScheduleExpression").asText())
                            .anyMatch(cron -> cron.endsWith("* MON *)"));
            double cpuHours = 2 * CPUS_OF_WORKER * SECONDS_OF_RUN / HOUR;
            add(bill, cpuHours, weekly ? DAYS / 7 : DAYS);
        }
    }

    private static void add(Bill.Builder bill, double cpuHours, double runs) {
        bill.add(EMR_CPU_HOUR, "processors of batch jobs", runs * cpuHours)
                .add(EMR_GB_HOUR, "memory of batch jobs", runs * cpuHours * GB_OF_CPU);
    }
}
