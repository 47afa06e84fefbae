package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Optional;

/**
 * The bill of batch jobs on EMR Serverless, which is charged by the second that workers run. Of a
 * run it has the jobs of neighbours and factors. Pairs of an interaction, and the time in which
 * workers do nothing yet, are estimates; nothing was measured on AWS.
 */
final class BatchCost {
    /** Interactions of the history that a run is quoted for. */
    static final double HISTORY = 1e8;

    /** Pairs of items that a processor counted in a second, on one machine (docs/results.md). */
    static final double PAIRS_A_CPU_SECOND = 46_000;

    /**
     * Interactions, each once a round, that a processor learned factors from in a second, on one
     * machine (docs/results.md).
     */
    static final double FACTORS_A_CPU_SECOND = 126_000;

    /** Rounds of the job of factors, unless told otherwise. */
    private static final double ROUNDS = 10;

    /** Pairs of an interaction, of people who have ten of them. */
    static final double PAIRS_AN_INTERACTION = 4.5;

    /** Seconds of a run in which its workers begin, read and write, for both jobs. */
    private static final double SECONDS_OF_RUN = 120;

    /** The vCPUs of the driver, and of an executor. */
    private static final double CPUS_OF_WORKER = 4;

    private static final double GB_OF_CPU = 4;
    private static final double HOUR = 3_600;
    private static final double DAYS = 730 / 24.0;

    private BatchCost() {}

    /** Returns the bill of a run over a history; empty for a stack without batch jobs. */
    static Optional<Bill> of(StackTemplate stack, PriceList prices, double interactions) {
        return application(stack)
                .map(
                        application -> {
                            Bill.Builder bill = new Bill.Builder(prices);
                            double cpus =
                                    Double.parseDouble(
                                            application
                                                    .at("/MaximumCapacity/Cpu")
                                                    .asText()
                                                    .replace(" vCPU", ""));
                            double counting =
                                    interactions * PAIRS_AN_INTERACTION / PAIRS_A_CPU_SECOND;
                            double learning = interactions * ROUNDS / FACTORS_A_CPU_SECOND;
                            double seconds =
                                    (counting + learning) / (cpus - CPUS_OF_WORKER)
                                            + SECONDS_OF_RUN;
                            add(bill, cpus * seconds / HOUR, 1);
                            return bill.build();
                        });
    }

    /** Adds the runs of a month over a lake that has next to nothing. */
    static void addIdle(Bill.Builder bill, StackTemplate stack) {
        if (application(stack).isPresent()) {
            double runs =
                    stack.ofType("AWS::Events::Rule").stream()
                                    .map(rule -> rule.path("ScheduleExpression").asText())
                                    .anyMatch(cron -> cron.endsWith("* MON *)"))
                            ? DAYS / 7
                            : DAYS;
            add(bill, 2 * CPUS_OF_WORKER * SECONDS_OF_RUN / HOUR, runs);
        }
    }

    private static void add(Bill.Builder bill, double cpuHours, double runs) {
        bill.add(Charge.EMR_CPU_HOUR, "processors of batch jobs", runs * cpuHours)
                .add(Charge.EMR_GB_HOUR, "memory of batch jobs", runs * cpuHours * GB_OF_CPU);
    }

    private static Optional<JsonNode> application(StackTemplate stack) {
        return stack.ofType("AWS::EMRServerless::Application").stream().findFirst();
    }
}
