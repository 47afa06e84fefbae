package dev.freshet.cli.cost;

import static dev.freshet.cli.cost.Charge.CLOUDWATCH_ALARM;
import static dev.freshet.cli.cost.Charge.CLOUDWATCH_COMPOSITE_ALARM;
import static dev.freshet.cli.cost.Charge.CLOUDWATCH_DASHBOARD;
import static dev.freshet.cli.cost.Charge.CLOUDWATCH_METRIC;
import static dev.freshet.cli.cost.Charge.FARGATE_CPU_HOUR;
import static dev.freshet.cli.cost.Charge.FARGATE_GB_HOUR;
import static dev.freshet.cli.cost.Charge.HTTP_API_REQUEST;
import static dev.freshet.cli.cost.Charge.KINESIS_CONSUMER_SHARD_HOUR;
import static dev.freshet.cli.cost.Charge.KINESIS_EXTENDED_SHARD_HOUR;
import static dev.freshet.cli.cost.Charge.KINESIS_SHARD_HOUR;
import static dev.freshet.cli.cost.Charge.KMS_KEY;
import static dev.freshet.cli.cost.Charge.PUBLIC_ADDRESS_HOUR;
import static dev.freshet.cli.cost.Charge.REST_API_REQUEST;
import static dev.freshet.cli.cost.Charge.SECRET;
import static dev.freshet.cli.cost.Charge.WAF_ACL;
import static dev.freshet.cli.cost.Charge.WAF_RULE;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The bill of a stack that nobody uses: shards, alarms, keys, and the functions that a schedule
 * runs. Storage of what little is stored is left out.
 */
final class IdleCost {
    private static final double HOURS = 730;

    /** The delays of both streams, which a worker reports even if nothing comes. */
    private static final int WORKER_METRICS = 2;

    /** Whether the canary got a list, which it writes at each run. */
    private static final int CANARY_METRICS = 1;

    private IdleCost() {}

    static void add(Bill.Builder bill) {
        StackTemplate stack = bill.stack;
        double shards = stack.streams().stream().mapToInt(IdleCost::shards).sum();
        double longer = stack.keepsLonger() ? shards : 0;
        double fanOut = stack.count("AWS::Kinesis::StreamConsumer") > 0 ? shards : 0;
        bill.add(KINESIS_SHARD_HOUR, "shards of the streams", HOURS * shards)
                .add(
                        KINESIS_EXTENDED_SHARD_HOUR,
                        "records kept for more than a day",
                        HOURS * longer)
                .add(KINESIS_CONSUMER_SHARD_HOUR, "enhanced fan-out", HOURS * fanOut)
                .add(CLOUDWATCH_ALARM, "metrics of alarms", stack.alarmMetrics())
                .add(
                        CLOUDWATCH_COMPOSITE_ALARM,
                        "alarms made of others",
                        stack.count("AWS::CloudWatch::CompositeAlarm"))
                .add(
                        CLOUDWATCH_DASHBOARD,
                        "the dashboard of CloudWatch",
                        stack.count("AWS::CloudWatch::Dashboard"))
                .add(SECRET, "secrets", stack.count("AWS::SecretsManager::Secret"))
                .add(KMS_KEY, "the stack's own key", stack.count("AWS::KMS::Key"));
        for (JsonNode acl : stack.ofType("AWS::WAFv2::WebACL")) {
            bill.add(WAF_ACL, "web ACL", 1);
            bill.add(WAF_RULE, "rules of the web ACL", acl.path("Rules").size());
        }
        stack.scheduled()
                .forEach(
                        (function, runs) -> {
                            MeasuredUnits.OfFunction measured = bill.units.of(function);
                            bill.function(function, runs, measured.part("invocation").times(runs));
                            String metrics = "custom metrics of " + function;
                            bill.add(CLOUDWATCH_METRIC, metrics, measured.metrics().size());
                        });
        if (stack.hasFunction("Canary")) {
            bill.add(CLOUDWATCH_METRIC, "custom metrics of Canary", CANARY_METRICS)
                    .add(
                            stack.isHttpApi() ? HTTP_API_REQUEST : REST_API_REQUEST,
                            "requests of Canary",
                            stack.scheduled().getOrDefault("Canary", 0.0));
        }
        workers(bill);
        LakeCost.addIdle(bill);
        RunCost.addIdleBatch(bill);
    }

    private static int shards(JsonNode stream) {
        return stream.path("ShardCount").asInt(1);
    }

    private static void workers(Bill.Builder bill) {
        double hours =
                HOURS
                        * bill.stack.ofType("AWS::ECS::Service").stream()
                                .mapToDouble(service -> service.path("DesiredCount").asDouble(1))
                                .sum();
        if (bill.stack.hasWorker()) {
            bill.add(CLOUDWATCH_METRIC, "custom metrics of the workers", WORKER_METRICS);
        }
        for (JsonNode task : bill.stack.ofType("AWS::ECS::TaskDefinition")) {
            double cpus = task.path("Cpu").asDouble() / 1024;
            double gb = task.path("Memory").asDouble() / 1024;
            bill.add(FARGATE_CPU_HOUR, "processors of the workers", hours * cpus)
                    .add(FARGATE_GB_HOUR, "memory of the workers", hours * gb)
                    .add(PUBLIC_ADDRESS_HOUR, "public addresses of the workers", hours);
        }
    }
}
