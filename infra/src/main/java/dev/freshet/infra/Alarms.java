package dev.freshet.infra;

import static dev.freshet.infra.StackMetrics.AVERAGE;
import static dev.freshet.infra.StackMetrics.MAXIMUM;
import static dev.freshet.infra.StackMetrics.P99;
import static dev.freshet.infra.StackMetrics.SUM;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.OptionValues.AlarmChoice;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.AlarmRule;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.cloudwatch.CfnCompositeAlarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.IAlarmRule;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.kinesis.IStream;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.constructs.Construct;

/**
 * The CloudWatch alarms, each with a description that says what to do and names its row of the
 * runbook. All notify one topic, but those that are only parts of the rule of another.
 */
final class Alarms extends Construct {
    private static final int MINUTE_MS = 60_000;

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Six times the seconds for which rows are collected before they are delivered. */
    private static final int LAKE_LATE_SECONDS = 6 * LakeFirehose.ROWS_SECONDS;

    /**
     * The hours that can pass between the ends of two nights: a run takes twelve at most, and the
     * one before may have taken a minute.
     */
    private static final int NIGHT_HOURS = 36;

    /** Requests a minute that only a site sends: those of who tries addresses are fewer. */
    private static final int OF_A_SITE = 20;

    /** The hours without a compaction, which runs each hour, after which it is missing. */
    private static final int COMPACT_HOURS = 3;

    /** The alarms of {@link AlarmChoice#ESSENTIAL}, besides those that are made of others. */
    private static final Set<String> ESSENTIAL =
            Set.of(
                    ("FeaturesBehind TrainBehind FeaturesThrottles TrainThrottles FreshnessSlow"
                                    + " FeaturesBatchesLost TrainBatchesLost CompactErrors CompactDropped"
                                    + " RetainErrors RetainDropped ScaleErrors ScaleDropped QuarantineFilling"
                                    + " ManyRefused AnswersDegraded CollectSheds ApiFailing CanaryFails LakeLate"
                                    + " LakeRecordsAstray LakeNightFailed LakeNightTimedOut LakeNightMissing"
                                    + " BatchFailed BatchTimedOut")
                            .split(" ", -1));

    final Topic topic;
    final StackMetrics metrics;
    private final AlarmChoice choice;
    private final FreshetFunction retain;

    Alarms(
            Construct scope,
            SecurityBaseline baseline,
            Functions functions,
            ApiEndpoint endpoint,
            StackStreams streams,
            IBucket quarantine) {
        super(scope, "Alarms");
        StackSettings settings = baseline.settings;
        choice = settings.get(StackOptions.ALARMS);
        retain = functions.retain;
        permitAlarms();
        metrics = new StackMetrics(settings, endpoint);
        topic = new AlarmTopic(this, baseline).topic;
        switch (settings.get(StackOptions.CONSUMER)) {
            case FUNCTIONS -> {
                mappingAlarms(functions.features, streams.events);
                mappingAlarms(functions.train, streams.examples);
            }
            case WORKER -> workerAlarms(List.of("Features", "Train"));
        }
        for (FreshetFunction function : functions.all()) {
            // Lambda counts a refusal as an error, so the authorizer has metrics of its own.
            if (function != functions.authorize) {
                once(
                        name(function) + "Errors",
                        metrics.function(function, "Errors", SUM),
                        name(function) + " failed or timed out. Read its log.");
            }
            once(
                    name(function) + "Throttles",
                    metrics.function(function, "Throttles", SUM),
                    name(function)
                            + " was throttled: the account's limit of concurrent executions is reached. Request a higher limit.");
        }
        dropped(functions.compact);
        dropped(functions.retain);
        functions.scale.ifPresent(this::dropped);
        unserved(
                "CompactMissing",
                metrics.stream(streams.examples.getStreamName(), "IncomingRecords"),
                functions.compact,
                Duration.hours(1),
                COMPACT_HOURS,
                "The model has learned for three hours and no compaction has begun: rows of its log do not expire, and starts take longer with each version. Check that the rule CompactEveryHour is enabled and that Compact may run.");
        siteDown();
        functions.canary.ifPresent(_ -> canaryFails());
        ofOwnMetrics();
        once(
                "QuarantineNotEmpty",
                metrics.objects(quarantine.getBucketName()),
                "The quarantine bucket contains records, or notes on settled ones, which are deleted after eight days. List records with ./freshet quarantine list; settle them with retry or drop.");
        often(
                "StreamThrottles",
                metrics.stream(
                        streams.events.getStreamName(), "WriteProvisionedThroughputExceeded"),
                0,
                3,
                "The events stream refuses records: all its shards, or one of them, are at their limit. Increase eventShards.");
        above(
                        "FreshnessSlow",
                        metrics.own("FreshnessMs", P99, StackMetrics.FIVE_MINUTES),
                        settings.get(StackOptions.FRESHNESS_ALARM_MS),
                        3,
                        3,
                        TreatMissingData.NOT_BREACHING,
                        "For a quarter of an hour one event in a hundred took longer from its receipt to its row than freshnessAlarmMs allows. See WriteFlowDelayMs on the dashboard: if it is high too, read the log of Features; else records wait in the stream, which needs more shards.")
                .ifPresent(Alarms::onlyWithEnoughValues);
        often(
                "ApiFailing",
                metrics.serverErrors(AVERAGE),
                0.01,
                3,
                "More than one request in a hundred gets a status of 500 or above. Read the logs of the functions and the access log of the API.");
    }

    /** Returns the names of the alarms that sound where requests go wrong. */
    List<String> ofRequests() {
        return Stream.of("AnswersDegraded", "ApiFailing")
                .map(id -> ((Alarm) getNode().findChild(id)).getAlarmName())
                .toList();
    }

    /** Adds the alarms of {@code alarms.yaml}. */
    private void ofOwnMetrics() {
        StateMachines.read("alarms.yaml", Map.of())
                .forEach(
                        (id, alarm) -> {
                            JsonNode read = JSON.valueToTree(alarm);
                            JsonNode when = read.path("when");
                            above(
                                    id,
                                    metrics.own(
                                            when.path("metric").asText(),
                                            when.path("statistic").asText()),
                                    when.path("above").asDouble(),
                                    when.path("of").asInt(),
                                    when.path("in").asInt(),
                                    TreatMissingData.NOT_BREACHING,
                                    read.path("says").asText());
                        });
    }

    /** Adds the alarms of a lake. */
    void lake(Lake lake) {
        above(
                        "LakeLate",
                        metrics.delivery(
                                lake.delivery().stream.getRef(),
                                "DeliveryToIceberg.DataFreshness",
                                MAXIMUM),
                        LAKE_LATE_SECONDS,
                        3,
                        3,
                        TreatMissingData.NOT_BREACHING,
                        "Events have waited for more than half an hour on their way to the lake. Read the logs of LakeDelivery and of Lake; meanwhile Retain sets the stream's retention to a week.")
                .ifPresent(this::lengthensRetention);
        once(
                "LakeRecordsAstray",
                metrics.own("LakeAstray", SUM),
                "Records could not be transformed or delivered to the lake, and are below errors/ in its bucket. Each night brings them back; read the logs of LakeDelivery and of Lake for the cause.");
        once(
                "LakeNightFailed",
                metrics.runs(lake.night().machine.getStateMachineArn(), "ExecutionsFailed"),
                "A run of the state machine that settles the lake and erases in it failed. Its history in Step Functions names the statement and the reason. The next run repeats all of it; ./freshet lake settle --stack NAME starts one.");
        once(
                "LakeNightTimedOut",
                metrics.runs(lake.night().machine.getStateMachineArn(), "ExecutionsTimedOut"),
                "A run of the state machine that settles the lake took more than twelve hours and was stopped. Its history in Step Functions names the statement.");
        above(
                "LakeNightMissing",
                metrics.unlessDone(lake.night().machine.getStateMachineArn()),
                0,
                NIGHT_HOURS,
                NIGHT_HOURS,
                TreatMissingData.BREACHING,
                "No run of the state machine that settles the lake has succeeded for 36 hours, or none yet since the stack was made. Check that the rules LakeEachNight and LakeEachWeek are enabled; ./freshet lake settle --stack NAME starts a run.");
    }

    /**
     * Makes the alarm keep its state in periods with fewer values than its percentile needs, which
     * CloudWatch takes to be ten beyond it: 1,000 for p99.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/percentiles-with-low-samples.html">Percentile-based
     *     alarms and low data samples</a>
     */
    private static void onlyWithEnoughValues(Alarm alarm) {
        FreshetStack.resource(alarm, CfnAlarm.class).setEvaluateLowSampleCountPercentile("ignore");
    }

    /** Adds the alarms of batch jobs. */
    void batch(BatchMachine batch) {
        once(
                "BatchFailed",
                metrics.runs(batch.machine.getStateMachineArn(), "ExecutionsFailed"),
                "A run of batch jobs failed. Its history in Step Functions names the step; the logs of a job are below logs/ in the bucket of the lake. The model keeps the neighbours that it has; ./freshet batch start --stack NAME starts a run.");
        once(
                "BatchTimedOut",
                metrics.runs(batch.machine.getStateMachineArn(), "ExecutionsTimedOut"),
                "A run of batch jobs took more than a day and was stopped. Its history in Step Functions names the step.");
    }

    /**
     * Adds the alarm on a function that an event which it was to process never reached: Lambda
     * drops one that waited for a minute, and counts no error.
     */
    private void dropped(FreshetFunction function) {
        String name = name(function);
        once(
                name + "Dropped",
                metrics.function(function, "AsyncEventsDropped", SUM),
                name
                        + " was to run and did not, because the account's limit of concurrent executions is reached or the function failed. Request a higher limit; the next run does the work.");
    }

    /** Adds the alarm on the canary, also where that does not run or has no key yet. */
    private void canaryFails() {
        above(
                "CanaryFails",
                metrics.own("CanaryFailed", SUM, StackMetrics.FIVE_MINUTES),
                0,
                2,
                3,
                TreatMissingData.BREACHING,
                "The canary got no whole list twice in a quarter of an hour, or did not run. The field fault in the log of Canary says why; status 401 means that the secret CanaryKey has no key that is valid.");
    }

    /**
     * Adds the alarm that sounds where the site gets no lists: most requests fail, or requests come
     * and API Gateway passes none to a function but perhaps the canary's, because keys, rates or
     * the authorizer refuse all.
     */
    private void siteDown() {
        Metric passed = metrics.gateway("IntegrationLatency", "SampleCount");
        IAlarmRule come = some("RequestsCome", metrics.gateway("Count", SUM), OF_A_SITE, 5, 5);
        IAlarmRule refused = AlarmRule.allOf(come, fewer("NonePassed", passed, OF_A_SITE / 10, 5));
        IAlarmRule failed = some("HalfFail", metrics.serverErrors(AVERAGE), 0.5, 3, 5);
        composite(
                "SiteDown",
                AlarmRule.anyOf(failed, refused),
                "The site is down: most requests fail, or none of many reaches a function. The alarms that sound with it say where; else see the status and error of requests in the access log of the API.");
    }

    /**
     * Adds the alarms on an event source mapping. {@code IteratorAge} is missing while nothing is
     * invoked, so a mapping that stopped is found by records without invocations: a record at the
     * end of a period is processed in the next one, which therefore counts too. Invocations of a
     * function that is never invoked have no value at all, and missing ones are as none.
     */
    private void mappingAlarms(FreshetFunction function, IStream stream) {
        String name = name(function);
        behind(
                name,
                metrics.function(function, "IteratorAge", MAXIMUM),
                TreatMissingData.NOT_BREACHING,
                "Records have waited for more than a minute: "
                        + name
                        + " fails or cannot keep up. Read its log; meanwhile Retain sets the stream's retention to a week.");
        lengthensRetention(
                unserved(
                        name + "Stopped",
                        metrics.stream(stream.getStreamName(), "IncomingRecords"),
                        function,
                        StackMetrics.FIVE_MINUTES,
                        2,
                        "Records have come for ten minutes and "
                                + name
                                + " was not invoked: its event source mapping is disabled or fails. See its state with aws lambda list-event-source-mappings; meanwhile Retain sets the stream's retention to a week."));
        once(
                name + "BatchesLost",
                metrics.function(function, "DestinationDeliveryFailures", SUM),
                "A batch that the event source mapping of "
                        + name
                        + " gave up could not be written to the quarantine bucket: it is lost. Check the bucket and the permissions of the role.");
    }

    /**
     * Adds an alarm for each consumer within the worker. The worker reports each at least every 15
     * seconds, so missing data means that no worker runs.
     */
    private void workerAlarms(List<String> consumers) {
        for (String consumer : consumers) {
            behind(
                    consumer,
                    metrics.own(consumer + "BehindMs", MAXIMUM),
                    TreatMissingData.BREACHING,
                    "Records have waited for more than a minute, or no worker runs. Read the log of the workers; meanwhile Retain sets the stream's retention to a week.");
        }
    }

    /**
     * Makes an alarm on records that wait invoke the function that lengthens the retention. The
     * action is written into the resource, because the CDK's own action leaves names of temporary
     * folders in the assembly.
     */
    private void lengthensRetention(Alarm alarm) {
        lengthensRetention(FreshetStack.resource(alarm, CfnAlarm.class));
    }

    private void lengthensRetention(CfnResource alarm) {
        alarm.addPropertyOverride("AlarmActions.1", retain.function.getFunctionArn());
    }

    private void permitAlarms() {
        CfnPermission.Builder.create(this, "PermitAlarms")
                .action("lambda:InvokeFunction")
                .principal("lambda.alarms.cloudwatch.amazonaws.com")
                .functionName(retain.function.getFunctionArn())
                .sourceAccount(Stack.of(this).getAccount())
                .sourceArn(Access.arn(this, "cloudwatch", "alarm:*"))
                .build()
                .overrideLogicalId("PermitAlarms");
    }

    private void behind(String consumer, Metric metric, TreatMissingData missing, String sentence) {
        above(consumer + "Behind", metric, MINUTE_MS, 3, 3, missing, sentence)
                .ifPresent(this::lengthensRetention);
    }

    /** Adds an alarm that sounds as soon as the metric is above 0. */
    private void once(String id, Metric metric, String sentence) {
        above(id, metric, 0, 1, 1, TreatMissingData.NOT_BREACHING, sentence);
    }

    /** Adds an alarm that sounds when the metric was above the threshold often in five periods. */
    private void often(String id, Metric metric, double threshold, int of, String sentence) {
        above(id, metric, threshold, of, 5, TreatMissingData.NOT_BREACHING, sentence);
    }

    /** Adds an alarm that notifies the topic, if it is one of those that the owner chose. */
    private Optional<Alarm> above(
            String id,
            IMetric metric,
            double threshold,
            int of,
            int periods,
            TreatMissingData missing,
            String sentence) {
        if (choice == AlarmChoice.ESSENTIAL && !ESSENTIAL.contains(id)) {
            return Optional.empty();
        }
        Alarm alarm =
                alarm(id, metric, threshold, of, periods, missing)
                        .alarmDescription(withRunbook(id, sentence))
                        .build();
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
        FreshetStack.pin(alarm, id + "Alarm");
        return Optional.of(alarm);
    }

    private Alarm.Builder alarm(
            String id,
            IMetric metric,
            double threshold,
            int of,
            int periods,
            TreatMissingData missing) {
        return Alarm.Builder.create(this, id)
                .metric(metric)
                .threshold(threshold)
                .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                .datapointsToAlarm(of)
                .evaluationPeriods(periods)
                .treatMissingData(missing);
    }

    /** Adds a part of the rule of another alarm: that a metric was above a threshold. */
    private Alarm some(String id, Metric metric, double threshold, int of, int periods) {
        return part(id, alarm(id, metric, threshold, of, periods, TreatMissingData.NOT_BREACHING));
    }

    /** Adds a part of the rule of another alarm: that fewer were counted, or no value is there. */
    private Alarm fewer(String id, Metric metric, int least, int periods) {
        Alarm.Builder below =
                alarm(id, metric, least, periods, periods, TreatMissingData.BREACHING);
        return part(id, below.comparisonOperator(ComparisonOperator.LESS_THAN_THRESHOLD));
    }

    private static Alarm part(String id, Alarm.Builder builder) {
        Alarm alarm = builder.alarmDescription("Notifies nobody: a part of another.").build();
        FreshetStack.pin(alarm, id + "Alarm");
        return alarm;
    }

    /** Adds the alarm that something comes, in each period, and a function is not invoked. */
    private CfnCompositeAlarm unserved(
            String id,
            Metric coming,
            FreshetFunction function,
            Duration period,
            int periods,
            String sentence) {
        Metric invocations = metrics.function(function, "Invocations", SUM);
        IAlarmRule comes =
                some(id + "Comes", StackMetrics.every(period, coming), 0, periods, periods);
        IAlarmRule idle = fewer(id + "Idle", StackMetrics.every(period, invocations), 1, periods);
        return composite(id, AlarmRule.allOf(comes, idle), sentence);
    }

    /**
     * Adds an alarm on the states of others. CloudFormation makes up its name, since two stacks of
     * an account may not give theirs the same.
     */
    private CfnCompositeAlarm composite(String id, IAlarmRule rule, String sentence) {
        List<String> everybody = List.of(topic.getTopicArn());
        CfnCompositeAlarm alarm =
                CfnCompositeAlarm.Builder.create(this, id)
                        .alarmDescription(withRunbook(id, sentence))
                        .alarmRule(rule.renderAlarmRule())
                        .alarmActions(everybody)
                        .okActions(everybody)
                        .build();
        alarm.overrideLogicalId(id);
        return alarm;
    }

    /** Returns the description of an alarm, which ends with the row of the runbook. */
    private static String withRunbook(String id, String sentence) {
        String anchor = id.replaceFirst("^(?!Stream).*(Errors|Throttles|Dropped)$", "Errors");
        return "%s Runbook: docs/operate.md#%s."
                .formatted(sentence, anchor.toLowerCase(Locale.ROOT));
    }

    private static String name(FreshetFunction function) {
        return function.getNode().getId();
    }
}
