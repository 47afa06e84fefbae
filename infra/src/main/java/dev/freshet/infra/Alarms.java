package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.AlarmChoice;
import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.CfnAlarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.lambda.CfnPermission;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** The CloudWatch alarms, each with a description that says what to do. All notify one topic. */
final class Alarms extends Construct {
    private static final int MINUTE_MS = 60_000;

    /** Six times the seconds for which rows are collected before they are delivered. */
    private static final int LAKE_LATE_SECONDS = 6 * LakeFirehose.ROWS_SECONDS;

    /** The alarms of {@link AlarmChoice#ESSENTIAL}. */
    private static final Set<String> ESSENTIAL =
            Set.of(
                    "FeaturesBehind",
                    "TrainBehind",
                    "FeaturesBatchesLost",
                    "TrainBatchesLost",
                    "CompactErrors",
                    "RetainErrors",
                    "ScaleErrors",
                    "QuarantineFilling",
                    "ManyRefused",
                    "AnswersDegraded",
                    "CollectSheds",
                    "ApiFailing",
                    "LakeLate",
                    "LakeRecordsAstray",
                    "LakeNightFailed",
                    "BatchFailed");

    final Topic topic;
    final StackMetrics metrics;
    private final AlarmChoice choice;
    private final List<Alarm> behind = new ArrayList<>();

    Alarms(
            Construct scope,
            StackSettings settings,
            SecurityBaseline baseline,
            Functions functions,
            ApiEndpoint endpoint,
            StackStreams streams,
            IBucket quarantine) {
        super(scope, "Alarms");
        choice = settings.get(StackOptions.ALARMS);
        metrics = new StackMetrics(settings, endpoint);
        topic = topic(baseline);
        settings.find(StackOptions.ALARM_EMAIL)
                .ifPresentOrElse(
                        email -> topic.addSubscription(new EmailSubscription(email)),
                        () -> warn(settings.get(StackOptions.STAGE)));
        switch (settings.get(StackOptions.CONSUMER)) {
            case FUNCTIONS -> mappingAlarms(List.of(functions.features, functions.train));
            case WORKER -> workerAlarms(List.of("Features", "Train"));
        }
        functions.retain.ifPresent(this::lengthenRetention);
        for (FreshetFunction function : functions.all()) {
            // Lambda counts a refusal as an error, so the authorizer has metrics of its own.
            if (function != functions.authorize) {
                above(
                        name(function) + "Errors",
                        name(function) + " failed or timed out. Read its log.",
                        metrics.function(function, "Errors", StackMetrics.SUM),
                        0,
                        1,
                        1);
            }
            above(
                    name(function) + "Throttles",
                    name(function)
                            + " was throttled: the account's limit of concurrent executions is reached. Request a higher limit.",
                    metrics.function(function, "Throttles", StackMetrics.SUM),
                    0,
                    1,
                    1);
        }
        above(
                "CredentialChecksFail",
                "A credential could not be checked, and its caller got status 503. Read the log of Authorize; check the Keys table and the secret.",
                metrics.unjudged(),
                0,
                1,
                1);
        above(
                "ManyRefused",
                "More than a hundred credentials a minute have been refused for five minutes: somebody tries keys, or a site still uses a key that was revoked or has expired. The log of Authorize contains the reasons.",
                metrics.refused(),
                100,
                5,
                5);
        above(
                "QuarantineFilling",
                "A record could not be processed and was quarantined. Its object in the quarantine bucket contains the reason.",
                metrics.quarantined(),
                0,
                1,
                1);
        above(
                "QuarantineNotEmpty",
                "The quarantine bucket contains records, or notes on settled ones, which are deleted after eight days. List records with ./freshet quarantine list; settle them with retry or drop.",
                metrics.objects(quarantine.getBucketName()),
                0,
                1,
                1);
        above(
                "ModelFull",
                "The model left out items or events for want of room. Either many events name items that are not in the catalogue: put the items, or deploy with -c catalogue=open where there is no catalogue, or find who sends such events. Or the model has all the items that it can hold.",
                metrics.beyondBounds(),
                0,
                1,
                1);
        above(
                "BatchesUnfinished",
                "For five minutes batches have ended at a record that has to be retried: a store does not answer. Read the logs of Features and Train.",
                metrics.unfinishedBatches(),
                0,
                5,
                5);
        above(
                "WeightsAtBound",
                "For five minutes learning has pushed a weight of the blend against its bound: events favour items so one-sidedly that it is a fault or an attack. See the weights with ./freshet status --json; try -c blend=weighted until the cause is found.",
                metrics.weightsAtBound(),
                0,
                5,
                5);
        above(
                "ReplicaOld",
                "A process serves recommendations from a model that it could not refresh for a minute. Read the log of Recommend; check the Models table and the model bucket.",
                metrics.modelAge(),
                MINUTE_MS,
                3,
                5);
        above(
                "AnswersDegraded",
                "More than one response in twenty is degraded because a store did not answer in time. The member degradedReasons of the responses names the store.",
                metrics.degraded(),
                0.05,
                3,
                5);
        above(
                "CollectSheds",
                "More than one request with events in a hundred is refused with status 429: the stream cannot take all events. Increase eventShards.",
                metrics.shed(),
                0.01,
                3,
                5);
        above(
                "EventsNotStored",
                "The stream did not take events within the time of their request. The responses asked the senders to send them again.",
                metrics.notStored(),
                0,
                3,
                5);
        above(
                "StreamThrottles",
                "The events stream refuses records: all its shards, or one of them, are at their limit. Increase eventShards.",
                metrics.stream(
                        streams.events.getStreamName(), "WriteProvisionedThroughputExceeded"),
                0,
                3,
                5);
        above(
                "WriteFlowSlow",
                "One batch in a hundred took more than 200 ms from the start of the invocation until its rows were written. Read the log of Features; check the Interactions table.",
                metrics.writeFlowDelay(StackMetrics.P99),
                200,
                3,
                5);
        above(
                "ApiFailing",
                "More than one request in a hundred gets a status of 500 or above. Read the logs of the functions and the access log of the API.",
                metrics.serverErrors(StackMetrics.AVERAGE),
                0.01,
                3,
                5);
    }

    /** Adds the alarms of a lake. */
    void lake(Lake lake) {
        above(
                "LakeLate",
                "Events have waited for more than half an hour on their way to the lake. Read the logs of LakeDelivery and of Lake. No record is lost while the stream keeps it.",
                metrics.delivery(
                        lake.delivery().stream.getRef(),
                        "DeliveryToIceberg.DataFreshness",
                        StackMetrics.MAXIMUM),
                LAKE_LATE_SECONDS,
                3,
                3);
        above(
                "LakeRecordsAstray",
                "Records could not be transformed or delivered to the lake, and are below errors/ in its bucket. Each night brings them back; read the logs of LakeDelivery and of Lake for the cause.",
                metrics.astray(),
                0,
                1,
                1);
        above(
                "LakeNightFailed",
                "A run of the state machine that settles the lake and erases in it failed. Its history in Step Functions names the statement and the reason. The next run repeats all of it; ./freshet lake settle --stack NAME starts one.",
                metrics.runs(lake.night().machine.getStateMachineArn(), "ExecutionsFailed"),
                0,
                1,
                1);
        above(
                "LakeNightTimedOut",
                "A run of the state machine that settles the lake took more than twelve hours and was stopped. Its history in Step Functions names the statement.",
                metrics.runs(lake.night().machine.getStateMachineArn(), "ExecutionsTimedOut"),
                0,
                1,
                1);
    }

    /** Adds the alarms of batch jobs. */
    void batch(BatchMachine batch) {
        above(
                "BatchFailed",
                "A run of batch jobs failed. Its history in Step Functions names the step; the logs of a job are below logs/ in the bucket of the lake. The model keeps the neighbours that it has; ./freshet batch start --stack NAME starts a run.",
                metrics.runs(batch.machine.getStateMachineArn(), "ExecutionsFailed"),
                0,
                1,
                1);
        above(
                "BatchTimedOut",
                "A run of batch jobs took more than a day and was stopped. Its history in Step Functions names the step.",
                metrics.runs(batch.machine.getStateMachineArn(), "ExecutionsTimedOut"),
                0,
                1,
                1);
    }

    /**
     * Returns the topic that alarms notify. A topic with a policy of its own has no default policy,
     * so the policy allows CloudWatch to publish.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">Notifying
     *     users on alarm changes</a>
     */
    private Topic topic(SecurityBaseline baseline) {
        Topic.Builder builder = Topic.Builder.create(this, "Topic").enforceSsl(true);
        baseline.key().ifPresent(builder::masterKey);
        Topic made = builder.build();
        LogicalIds.pin(made, "AlarmTopic");
        Stack stack = Stack.of(this);
        made.addToResourcePolicy(
                PolicyStatement.Builder.create()
                        .sid("AlarmsOfThisAccount")
                        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                        .actions(List.of("sns:Publish"))
                        .resources(List.of(made.getTopicArn()))
                        .conditions(
                                new TreeMap<>(
                                        Map.of(
                                                "StringEquals",
                                                Map.of("aws:SourceAccount", stack.getAccount()),
                                                "ArnLike",
                                                Map.of(
                                                        "aws:SourceArn",
                                                        "arn:%s:cloudwatch:%s:%s:alarm:*"
                                                                .formatted(
                                                                        stack.getPartition(),
                                                                        stack.getRegion(),
                                                                        stack.getAccount())))))
                        .build());
        return made;
    }

    private void warn(Stage stage) {
        if (stage == Stage.PROD) {
            Annotations.of(this)
                    .addWarningV2(
                            "freshet:noAlarmEmail",
                            "Nobody receives the alarms of this stack: deploy with -c alarmEmail=ADDRESS, or subscribe to AlarmTopicArn.");
        }
    }

    private void mappingAlarms(List<FreshetFunction> functions) {
        for (FreshetFunction function : functions) {
            above(
                    name(function) + "Behind",
                    "Records have waited for more than a minute: "
                            + name(function)
                            + " fails or cannot keep up. Read its log; no record is lost within a week.",
                    metrics.function(function, "IteratorAge", StackMetrics.MAXIMUM),
                    MINUTE_MS,
                    3,
                    3);
            above(
                    name(function) + "BatchesLost",
                    "A batch that the event source mapping of "
                            + name(function)
                            + " gave up could not be written to the quarantine bucket: it is lost. Check the bucket and the permissions of the role.",
                    metrics.function(function, "DestinationDeliveryFailures", StackMetrics.SUM),
                    0,
                    1,
                    1);
        }
    }

    /**
     * Adds an alarm for each consumer within the worker. The worker reports each at least every 15
     * seconds, so missing data means that no worker runs.
     */
    private void workerAlarms(List<String> consumers) {
        for (String consumer : consumers) {
            above(
                    consumer + "Behind",
                    "Records have waited for more than a minute, or no worker runs. Read the log of the workers; no record is lost within a week.",
                    metrics.workerBehind(consumer + "BehindMs"),
                    MINUTE_MS,
                    3,
                    3,
                    TreatMissingData.BREACHING);
        }
    }

    /**
     * Makes the alarms on records that wait invoke the function that lengthens the retention. The
     * action is written into the resource, because the CDK's own action leaves names of temporary
     * folders in the assembly.
     */
    private void lengthenRetention(FreshetFunction retain) {
        for (Alarm alarm : behind) {
            if (alarm.getNode().getDefaultChild() instanceof CfnAlarm resource) {
                resource.addPropertyOverride("AlarmActions.1", retain.function.getFunctionArn());
            }
        }
        Stack stack = Stack.of(this);
        CfnPermission.Builder.create(this, "PermitAlarms")
                .action("lambda:InvokeFunction")
                .principal("lambda.alarms.cloudwatch.amazonaws.com")
                .functionName(retain.function.getFunctionArn())
                .sourceAccount(stack.getAccount())
                .sourceArn(
                        "arn:%s:cloudwatch:%s:%s:alarm:*"
                                .formatted(
                                        stack.getPartition(),
                                        stack.getRegion(),
                                        stack.getAccount()))
                .build()
                .overrideLogicalId("PermitAlarms");
    }

    private void above(
            String id, String sentence, Metric metric, double threshold, int of, int periods) {
        above(id, sentence, metric, threshold, of, periods, TreatMissingData.NOT_BREACHING);
    }

    /**
     * Adds an alarm that sounds when the metric was above the threshold in {@code of} of the last
     * {@code periods} periods, if it is one of those that the owner chose.
     */
    private void above(
            String id,
            String sentence,
            Metric metric,
            double threshold,
            int of,
            int periods,
            TreatMissingData missing) {
        if (choice == AlarmChoice.ESSENTIAL && !ESSENTIAL.contains(id)) {
            return;
        }
        Alarm alarm =
                Alarm.Builder.create(this, id)
                        .alarmDescription(sentence)
                        .metric(metric)
                        .threshold(threshold)
                        .comparisonOperator(ComparisonOperator.GREATER_THAN_THRESHOLD)
                        .datapointsToAlarm(of)
                        .evaluationPeriods(periods)
                        .treatMissingData(missing)
                        .build();
        alarm.addAlarmAction(new SnsAction(topic));
        alarm.addOkAction(new SnsAction(topic));
        LogicalIds.pin(alarm, id + "Alarm");
        if (id.endsWith("Behind")) {
            behind.add(alarm);
        }
    }

    private static String name(FreshetFunction function) {
        return function.getNode().getId();
    }
}
