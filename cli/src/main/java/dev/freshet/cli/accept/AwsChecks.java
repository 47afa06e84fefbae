package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.MetricData;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings.Service;
import dev.freshet.aws.SignedHttp;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.accept.Trial.Kind;
import dev.freshet.console.CommandException;
import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.ToLongFunction;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.DescribeLimitsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;

/** Checks of what a stack is made of, and of what it does with faults. */
final class AwsChecks {
    /** Functions that a new account may run at once; fewer do not carry a stack. */
    private static final int LEAST_CONCURRENCY = 10;

    private static final int WEEK = 168;

    /** How many times longer than other changes an alarm takes. */
    private static final int ALARM_PERIODS = 3;

    /** How many times longer an alarm takes that waits for two periods of five minutes. */
    private static final int STOPPED_PERIODS = 10;

    private static final String DEPLOY = "deploy.md#1-deploy";
    private static final String USERS = "deploy.md#a-stack-for-users";
    private static final String ALARMS = "operate.md#alarms";
    private static final String QUARANTINE = "operate.md#quarantine";
    private static final String BEHIND = "FeaturesBehindAlarm";

    private static final String MAPPING = "AWS::Lambda::EventSourceMapping";
    private static final String STREAM = "AWS::Kinesis::Stream";
    private static final String ALARM = "AWS::CloudWatch::Alarm";
    private static final String COMPOSITE = "AWS::CloudWatch::CompositeAlarm";
    private static final int MAX_ALARMS = 100;

    /** The quota of VPCs in a region. */
    private static final String VPC_QUOTA = "L-F678F1CE";

    /** What services call it that a caller may not do something. */
    private static final Pattern DENIED =
            Pattern.compile("AccessDenied|UnauthorizedOperation|not authorized");

    private static final Pattern SUBSCRIPTION =
            Pattern.compile("<member>.*?<Endpoint>(.*?)</Endpoint>.*?</member>", Pattern.DOTALL);

    private AwsChecks() {}

    static List<StackCheck> ofStack() {
        return List.of(
                check("stack.concurrency", "deploy.md#prerequisites", AwsChecks::concurrency)
                        .onAws(),
                quota("stack.shards", Stack.FUNCTION, "Scale", AwsChecks::shards),
                quota("stack.vpcs", "AWS::ECS::Service", "WorkerService", AwsChecks::vpcs),
                all("stack.mappings", ALARMS, AwsChecks::mappings, Mapping::isWell)
                        .withResource(MAPPING),
                all("stack.snapstart", DEPLOY, AwsChecks::snapStart, on -> on),
                all("stack.retention", ALARMS, AwsChecks::hours, hours -> hours >= 24),
                all("stack.backups", USERS, AwsChecks::recovery, on -> on)
                        .where("only prod has them", AwsChecks::isProd),
                all("stack.subscription", USERS, AwsChecks::subscriptions, on -> on)
                        .where("no alarmEmail", AwsChecks::isSubscribed),
                all("stack.alarms", ALARMS, AwsChecks::lasting, state -> !state.equals("ALARM")));
    }

    static List<StackCheck> ofFaults() {
        return List.of(
                check("faults.quarantine", QUARANTINE, AwsChecks::undecodable),
                check("faults.alarm", ALARMS, AwsChecks::alarm).onAws(),
                check("faults.drop", QUARANTINE, AwsChecks::drop),
                check("faults.retention", ALARMS, AwsChecks::retention).withFunction("Retain"),
                check("faults.stopped", ALARMS, AwsChecks::stopped)
                        .withResource(MAPPING)
                        .where("only dev may stand still", stack -> !isProd(stack)));
    }

    private static boolean isProd(Stack stack) {
        return stack.has("Stage", "prod");
    }

    private static boolean isSubscribed(Stack stack) {
        return isProd(stack) || !stack.resources("AWS::SNS::Subscription").isEmpty();
    }

    /** Returns a check that fails where one of several is not as it should be, and names it. */
    private static <T> StackCheck all(
            String id, String page, Function<Stack, Map<String, T>> ask, Predicate<T> right) {
        StackCheck.Body body =
                trial -> {
                    Map<String, T> all = ask.apply(trial.stack);
                    Map<String, T> wrong = new TreeMap<>(all);
                    wrong.values().removeIf(right);
                    CommandException.require(wrong.isEmpty(), "%s", wrong);
                    return all.toString();
                };
        return check(id, page, body).onAws();
    }

    private static String concurrency(Trial trial) {
        JsonNode account = trial.stack.lambda("2016-08-19/account-settings/");
        int most = account.at("/AccountLimit/ConcurrentExecutions").asInt();
        String sentence = "%,d functions at once".formatted(most);
        CommandException.require(most >= LEAST_CONCURRENCY, "the account may run %s", sentence);
        return sentence;
    }

    /**
     * Returns a check that fails where a quota is too low, for who may look at quotas.
     *
     * @param resource of this type that a stack has which meets the quota
     * @param left how many more the account may have than the stack may yet need
     */
    private static StackCheck quota(
            String id, String type, String resource, ToLongFunction<Stack> left) {
        StackCheck.Body body =
                trial -> {
                    long more = left.applyAsLong(trial.stack);
                    CommandException.require(
                            more >= 0, "%,d too few: ask for a higher quota", -more);
                    return "%,d to spare".formatted(more);
                };
        Predicate<Stack> permitted =
                stack -> {
                    try {
                        return left.applyAsLong(stack) > Long.MIN_VALUE;
                    } catch (CommandException | SdkException refused) {
                        return !DENIED.matcher(refused.toString()).find();
                    }
                };
        return check(id, "deploy.md#prerequisites", body)
                .onAws()
                .where("off", stack -> stack.resources(type).containsKey(resource))
                .where("not permitted to look", permitted);
    }

    /** Returns how many shards are left once those that scale themselves have grown. */
    private static long shards(Stack stack) {
        KinesisClient kinesis = stack.clients().kinesis();
        DescribeLimitsResponse limits = kinesis.describeLimits(request -> {});
        String events = stack.settings().text(Setting.EVENTS_STREAM);
        int now =
                kinesis.describeStreamSummary(request -> request.streamName(events))
                        .streamDescriptionSummary()
                        .openShardCount();
        int most = Integer.parseInt(stack.variable("Scale", StackOptions.EVENT_SHARDS_MAX, "0"));
        return (long) limits.shardLimit() - limits.openShardCount() - Math.max(0, most - now);
    }

    /** Returns how many VPCs are left while a change replaces that of the stack. */
    private static long vpcs(Stack stack) {
        SignedHttp ec2 = stack.clients().signed(Service.EC2, "ec2");
        String found = Stack.form(ec2, "DescribeVpcs", "2016-11-15", Map.of());
        SignedHttp http = stack.clients().signed(Service.SERVICE_QUOTAS, "servicequotas");
        JsonService quotas = new JsonService(http, "ServiceQuotasV20190624", "1.1");
        ObjectNode request = Trial.object().put("ServiceCode", "vpc").put("QuotaCode", VPC_QUOTA);
        long most = Stack.call(quotas, "GetServiceQuota", request).at("/Quota/Value").asLong();
        return most - found.split("<vpcId>", -1).length;
    }

    /**
     * An event source mapping.
     *
     * @param state such as {@code Enabled}
     * @param lastResult such as {@code OK}; {@code No records processed} before the first record
     */
    private record Mapping(String state, String lastResult) {
        /** Returns whether records pass. */
        boolean isWell() {
            return state.equals("Enabled") && !lastResult.startsWith("PROBLEM");
        }

        @Override
        public String toString() {
            return "%s (%s)".formatted(state, lastResult);
        }
    }

    private static Map<String, Mapping> mappings(Stack stack) {
        return stack.each(
                MAPPING,
                id -> {
                    JsonNode mapping = stack.lambda("2015-03-31/event-source-mappings/" + id);
                    String last = mapping.path("LastProcessingResult").asText();
                    return new Mapping(mapping.path("State").asText(), last);
                });
    }

    /** Returns for each alias whether Lambda starts it from a snapshot. */
    private static Map<String, Boolean> snapStart(Stack stack) {
        Map<String, Boolean> found = new TreeMap<>();
        for (String function : List.of("Recommend", "Authorize")) {
            JsonNode state = stack.configuration(function, "?Qualifier=live").path("SnapStart");
            if (state.path("ApplyOn").asText().equals("PublishedVersions")) {
                found.put(function, state.path("OptimizationStatus").asText().equals("On"));
            }
        }
        return found;
    }

    /** Returns the hours for which each stream keeps its records. */
    private static Map<String, Integer> hours(Stack stack) {
        return stack.each(
                STREAM,
                name ->
                        stack.clients()
                                .kinesis()
                                .describeStreamSummary(request -> request.streamName(name))
                                .streamDescriptionSummary()
                                .retentionPeriodHours());
    }

    /** Returns for each table of users' data whether it can be restored to a point in time. */
    private static Map<String, Boolean> recovery(Stack stack) {
        return stack.each(
                "AWS::DynamoDB::GlobalTable",
                name ->
                        stack.clients()
                                .dynamoDb()
                                .describeContinuousBackups(request -> request.tableName(name))
                                .continuousBackupsDescription()
                                .pointInTimeRecoveryDescription()
                                .pointInTimeRecoveryStatusAsString()
                                .equals("ENABLED"));
    }

    /** Returns whether each subscription of the topic of alarms is confirmed, by endpoint. */
    private static Map<String, Boolean> subscriptions(Stack stack) {
        SignedHttp sns = stack.clients().signed(Service.SNS, "sns");
        Map<String, String> topic = Map.of("TopicArn", stack.output("AlarmTopicArn"));
        Matcher each =
                SUBSCRIPTION.matcher(
                        Stack.form(sns, "ListSubscriptionsByTopic", "2010-03-31", topic));
        Map<String, Boolean> found = new TreeMap<>();
        while (each.find()) {
            found.put(each.group(1), !each.group().contains("PendingConfirmation"));
        }
        return found.isEmpty() ? Map.of("nobody", false) : found;
    }

    /**
     * Returns the state of each alarm by its logical id: OK, ALARM or INSUFFICIENT_DATA, or that it
     * notifies nobody.
     */
    private static Map<String, String> alarms(Stack stack) {
        Map<String, String> alarms = new TreeMap<>(stack.resources(ALARM));
        alarms.putAll(stack.resources(COMPOSITE));
        ObjectNode request = Trial.object().put("MaxRecords", MAX_ALARMS);
        alarms.values().forEach(request.putArray("AlarmNames")::add);
        request.putArray("AlarmTypes").add("MetricAlarm").add("CompositeAlarm");
        JsonNode found = cloudWatch(stack, "DescribeAlarms", request);
        Map<String, String> states = new TreeMap<>();
        for (String type : List.of("MetricAlarms", "CompositeAlarms")) {
            for (JsonNode each : found.path(type)) {
                boolean part = each.path("AlarmActions").isEmpty();
                String state = part ? "notifies nobody" : each.path("StateValue").asText();
                states.put(each.path("AlarmName").asText(), state);
            }
        }
        alarms.replaceAll((id, name) -> states.getOrDefault(name, "absent"));
        return alarms;
    }

    private static JsonNode cloudWatch(Stack stack, String operation, ObjectNode request) {
        JsonService service = MetricData.service(stack.clients().cloudWatch());
        return Stack.call(service, operation, request);
    }

    /** Leaves out the alarm that a new lake sounds until its first night: lake.night tries more. */
    private static Map<String, String> lasting(Stack stack) {
        Map<String, String> alarms = alarms(stack);
        alarms.remove("LakeNightMissingAlarm");
        return alarms;
    }

    /** Puts a record that is no event, and returns its position as the quarantine names it. */
    private static String putUndecodable(Stack stack, String key) {
        String stream = stack.settings().text(Setting.EVENTS_STREAM);
        SdkBytes bytes = SdkBytes.fromUtf8String(key);
        PutRecordResponse put =
                stack.clients()
                        .kinesis()
                        .putRecord(each -> each.streamName(stream).partitionKey(key).data(bytes));
        BigInteger sequence = new BigInteger(put.sequenceNumber());
        return new ShardPosition(stream + "/" + put.shardId(), sequence).toString();
    }

    /** Returns the position of a record of this run that is in quarantine. */
    private static String undecodable(Trial trial) throws InterruptedException {
        if (trial.made(Kind.RECORD).isEmpty()) {
            trial.made(Kind.RECORD).add(putUndecodable(trial.stack, trial.run));
        }
        String position = trial.made(Kind.RECORD).iterator().next();
        trial.await("the record in quarantine", () -> open(trial, position), open -> open == 1);
        return position;
    }

    private static int open(Trial trial, String position) {
        return trial.commands.run("quarantine", "list", position).path("open").asInt();
    }

    private static String alarm(Trial trial) throws InterruptedException {
        undecodable(trial);
        return trial.await(
                "the alarm QuarantineFilling",
                trial.patience.multipliedBy(ALARM_PERIODS),
                () -> alarms(trial.stack).getOrDefault("QuarantineFillingAlarm", "absent"),
                "ALARM"::equals);
    }

    private static String drop(Trial trial) throws InterruptedException {
        String position = undecodable(trial);
        JsonNode dropped = trial.commands.run("quarantine", "drop", position, "--yes");
        Trial.require(dropped.path("dropped").asInt() == 1, dropped);
        trial.made(Kind.RECORD).remove(position);
        CommandException.require(open(trial, position) == 0, "%s is still open", position);
        return "";
    }

    /**
     * Says that records wait, and looks whether they are kept for a week. Then makes the streams
     * keep them as long as before: the function itself would do so after a calm day.
     */
    private static String retention(Trial trial) throws InterruptedException {
        Stack stack = trial.stack;
        Map<String, Integer> before = hours(stack);
        try {
            setAlarm(stack, "ALARM");
            trial.await(
                    "a week of retention",
                    trial.patience.multipliedBy(ALARM_PERIODS),
                    () -> hours(stack),
                    hours -> hours.values().stream().allMatch(each -> each == WEEK));
        } finally {
            setAlarm(stack, "OK");
            shorten(stack, before);
        }
        trial.await(
                "the retention of before",
                trial.patience.multipliedBy(ALARM_PERIODS),
                () -> hours(stack),
                before::equals);
        return "168 h, then " + before;
    }

    /** Sets the state of an alarm until CloudWatch looks again. */
    private static void setAlarm(Stack stack, String state) {
        ObjectNode request = Trial.object().put("StateValue", state);
        request.put("AlarmName", stack.resources(ALARM).get(BEHIND));
        request.put("StateReason", "freshet accept tries what the alarm does.");
        cloudWatch(stack, "SetAlarmState", request);
    }

    /**
     * Disables the event source mapping of the events, sends one a minute, and waits for the alarm,
     * which also lengthens the retention.
     */
    private static String stopped(Trial trial) throws InterruptedException {
        Stack stack = trial.stack;
        Map<String, Integer> before = hours(stack);
        String mapping = stack.resources(MAPPING).getOrDefault("EventsMapping", "");
        String user = trial.make(Kind.USER, "stopped");
        String item = trial.items().getFirst();
        AtomicLong minute = new AtomicLong();
        long start = System.nanoTime();
        trial.made(Kind.MAPPING).add(mapping);
        try {
            stack.enable(mapping, false);
            trial.await(
                    "the alarm FeaturesStopped",
                    trial.patience.multipliedBy(STOPPED_PERIODS),
                    () -> {
                        long now = trial.clock.instant().getEpochSecond() / 60;
                        if (minute.getAndSet(now) < now) {
                            trial.send(Map.of(), trial.click(user, item));
                        }
                        return alarms(stack).getOrDefault("FeaturesStopped", "absent");
                    },
                    "ALARM"::equals);
        } finally {
            enable(trial, mapping);
            shorten(stack, before);
        }
        trial.made(Kind.MAPPING).remove(mapping);
        return "sounded after %d s".formatted(Trial.millis(start) / 1_000);
    }

    /** Has a mapping read again, and waits until it does; Lambda refuses while it changes it. */
    static void enable(Trial trial, String mapping) throws InterruptedException {
        Supplier<String> state =
                () ->
                        trial.stack
                                .lambda("2015-03-31/event-source-mappings/" + mapping)
                                .path("State")
                                .asText();
        trial.await("a mapping that rests", state, now -> !now.endsWith("ing"));
        trial.stack.enable(mapping, true);
        trial.await("an enabled mapping", state, "Enabled"::equals);
    }

    /** Makes the streams keep records no longer than before. */
    private static void shorten(Stack stack, Map<String, Integer> before) {
        Map<String, Integer> now = hours(stack);
        before.forEach(
                (stream, hours) -> {
                    if (now.getOrDefault(stream, hours) > hours) {
                        shorten(stack, stream, hours);
                    }
                });
    }

    private static void shorten(Stack stack, String stream, int hours) {
        String name = stack.resources(STREAM).getOrDefault(stream, "");
        stack.clients()
                .kinesis()
                .decreaseStreamRetentionPeriod(
                        each -> each.streamName(name).retentionPeriodHours(hours));
    }
}
