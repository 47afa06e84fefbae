package dev.freshet.cli.cost;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Map;

/**
 * The bill of a stack that nobody uses: shards, alarms, keys, and the functions that a schedule
 * runs. Storage of what little is stored is left out.
 */
final class IdleCost {
    private static final double HOURS = 730;
    private static final double BYTES_PER_GB = 1e9;
    private static final int FREE_DASHBOARDS = 3;

    /** The delays of both streams, which a worker reports even if nothing comes. */
    private static final int WORKER_METRICS = 2;

    private IdleCost() {}

    static Bill of(StackTemplate stack, MeasuredUnits units, PriceList prices) {
        Bill.Builder bill = new Bill.Builder(prices);
        int shards = stack.streams().stream().mapToInt(each -> shards(each)).sum();
        int longer =
                stack.streams().stream()
                        .filter(StackTemplate::keepsLonger)
                        .mapToInt(IdleCost::shards)
                        .sum();
        bill.add(Charge.KINESIS_SHARD_HOUR, "shards of the streams", HOURS * shards)
                .add(
                        Charge.KINESIS_EXTENDED_SHARD_HOUR,
                        "records kept for more than a day",
                        HOURS * longer);
        if (stack.count("AWS::Kinesis::StreamConsumer") > 0) {
            bill.add(Charge.KINESIS_CONSUMER_SHARD_HOUR, "enhanced fan-out", HOURS * shards);
        }
        bill.add(Charge.CLOUDWATCH_ALARM, "metrics of alarms", stack.alarmMetrics())
                .add(
                        Charge.CLOUDWATCH_DASHBOARD,
                        "dashboards after the first three",
                        Math.max(0, stack.count("AWS::CloudWatch::Dashboard") - FREE_DASHBOARDS))
                .add(Charge.SECRET, "secrets", stack.count("AWS::SecretsManager::Secret"))
                .add(Charge.KMS_KEY, "the stack's own key", stack.count("AWS::KMS::Key"));
        for (JsonNode acl : stack.ofType("AWS::WAFv2::WebACL")) {
            bill.add(Charge.WAF_ACL, "web ACL", 1)
                    .add(Charge.WAF_RULE, "rules of the web ACL", acl.path("Rules").size());
        }
        scheduled(bill, stack, units);
        workers(bill, stack);
        LakeCost.addIdle(bill, stack);
        BatchCost.addIdle(bill, stack);
        return bill.build();
    }

    private static int shards(JsonNode stream) {
        return stream.path("ShardCount").asInt(1);
    }

    private static void scheduled(Bill.Builder bill, StackTemplate stack, MeasuredUnits units) {
        for (Map.Entry<String, Double> runs : stack.scheduled().entrySet()) {
            String function = runs.getKey();
            MeasuredUnits.OfFunction measured = units.of(function);
            Units used = measured.part("invocation").times(runs.getValue());
            FunctionCost.add(bill, stack, units, function, runs.getValue(), used);
            bill.add(
                    Charge.CLOUDWATCH_METRIC,
                    "custom metrics of " + function,
                    measured.metrics().size());
        }
    }

    private static void workers(Bill.Builder bill, StackTemplate stack) {
        double tasks =
                stack.ofType("AWS::ECS::Service").stream()
                        .mapToDouble(service -> service.path("DesiredCount").asDouble(1))
                        .sum();
        if (stack.hasWorker()) {
            bill.add(Charge.CLOUDWATCH_METRIC, "custom metrics of the workers", WORKER_METRICS);
        }
        for (JsonNode task : stack.ofType("AWS::ECS::TaskDefinition")) {
            bill.add(
                            Charge.FARGATE_CPU_HOUR,
                            "processors of the workers",
                            HOURS * tasks * task.path("Cpu").asDouble() / 1024)
                    .add(
                            Charge.FARGATE_GB_HOUR,
                            "memory of the workers",
                            HOURS * tasks * task.path("Memory").asDouble() / 1024)
                    .add(
                            Charge.PUBLIC_ADDRESS_HOUR,
                            "public addresses of the workers",
                            HOURS * tasks);
        }
    }

    static double gb(double bytes) {
        return bytes / BYTES_PER_GB;
    }
}
