package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.aws.option.Stage;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.cloudwatch.Alarm;
import software.amazon.awscdk.services.cloudwatch.ComparisonOperator;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.amazon.awscdk.services.cloudwatch.TreatMissingData;
import software.amazon.awscdk.services.cloudwatch.actions.SnsAction;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.s3.IBucket;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/** What an owner is told of, each with the sentence that says what to do. All go to one topic. */
final class Alarms extends Construct {
    private static final int MINUTE_MS = 60_000;

    final Topic topic;
    final StackMetrics metrics;

    Alarms(
            Construct scope,
            StackSettings settings,
            SecurityBaseline safeguards,
            Functions functions,
            Api api,
            StackStreams streams,
            IBucket quarantine) {
        super(scope, "Alarms");
        metrics = new StackMetrics(settings, api);
        topic = topic(safeguards);
        settings.find(StackOptions.ALARM_EMAIL)
                .ifPresentOrElse(
                        email -> topic.addSubscription(new EmailSubscription(email)),
                        () -> warn(settings.get(StackOptions.STAGE)));
        switch (settings.get(StackOptions.CONSUMER)) {
            case FUNCTIONS -> fed(List.of(functions.features, functions.train));
            case WORKER -> read(List.of("Features", "Train"));
        }
        for (FreshetFunction function : functions.all()) {
            // a refusal is an error in Lambda's eyes, so the authorizer tells of its own
            if (function != functions.authorize) {
                above(
                        name(function) + "Errors",
                        name(function) + " crashed or ran out of time. Read its log.",
                        metrics.function(function, "Errors", StackMetrics.SUM),
                        0,
                        1,
                        1);
            }
            above(
                    name(function) + "Throttles",
                    name(function)
                            + " was refused a processor: the account's limit of concurrent executions is reached.",
                    metrics.function(function, "Throttles", StackMetrics.SUM),
                    0,
                    1,
                    1);
        }
        above(
                "DoorFails",
                "A credential could not be judged, and its caller was answered with 503. Read Authorize's log; look at the Keys table and the secret.",
                metrics.unjudged(),
                0,
                1,
                1);
        above(
                "ManyRefused",
                "More than a hundred credentials a minute are refused, for five minutes: somebody tries keys, or a site still uses one that ended. The metric's lines in Authorize's log tell the reasons.",
                metrics.refused(),
                100,
                5,
                5);
        above(
                "QuarantineFilling",
                "A record could not be taken and went to quarantine. Its object says why.",
                metrics.quarantined(),
                0,
                1,
                1);
        above(
                "QuarantineNotEmpty",
                "Records lie in quarantine, or notes on settled ones, which go after eight days: ./freshet quarantine list tells, retry and drop settle.",
                metrics.objects(quarantine.getBucketName()),
                0,
                1,
                1);
        above(
                "BatchesUnfinished",
                "Batches have ended at a record that has to come again for five minutes on end: a store does not answer. Read the log of Features and Train.",
                metrics.unfinishedBatches(),
                0,
                5,
                5);
        above(
                "ReplicaOld",
                "A process recommends by a model that it could not refresh for a minute. Read Recommend's log; look at the Models table and the model bucket.",
                metrics.modelAge(),
                MINUTE_MS,
                3,
                5);
        above(
                "AnswersDegraded",
                "More than one recommendation in twenty goes without what a store should have told in time. Their degradedReasons name it.",
                metrics.degraded(),
                0.05,
                3,
                5);
        above(
                "CollectSheds",
                "More than one request of events in a hundred is turned away: more comes than the stream takes. Give it shards.",
                metrics.shed(),
                0.01,
                3,
                5);
        above(
                "EventsUnplaced",
                "The stream did not take events within their request's time. Their senders were told to send them again.",
                metrics.unplaced(),
                0,
                3,
                5);
        above(
                "StreamThrottles",
                "The events stream refuses records: its shards are full, or one of them is.",
                metrics.stream(
                        streams.events.getStreamName(), "WriteProvisionedThroughputExceeded"),
                0,
                3,
                5);
        above(
                "WriteFlowSlow",
                "From the start of an invocation to its rows written took over 200 ms for one batch in a hundred.",
                metrics.writeFlowDelay(StackMetrics.P99),
                200,
                3,
                5);
        above(
                "ApiFailing",
                "More than one request in a hundred is answered with a fault of the service.",
                metrics.gateway("5XXError", StackMetrics.AVERAGE),
                0.01,
                3,
                5);
    }

    /**
     * A topic with a policy has no default one any more, so CloudWatch is let in by name.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">Notifying
     *     users on alarm changes</a>
     */
    private Topic topic(SecurityBaseline safeguards) {
        Topic.Builder builder = Topic.Builder.create(this, "Topic").enforceSsl(true);
        safeguards.key().ifPresent(builder::masterKey);
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
                            "freshet:nobodyIsTold",
                            "Nobody is told of alarms: say -c alarmEmail=ADDRESS, or subscribe to AlarmTopicArn.");
        }
    }

    private void fed(List<FreshetFunction> functions) {
        for (FreshetFunction fed : functions) {
            above(
                    name(fed) + "Behind",
                    "Records wait for more than a minute: "
                            + name(fed)
                            + " fails or cannot keep up. Read its log; nothing is lost for a week.",
                    metrics.function(fed, "IteratorAge", StackMetrics.MAXIMUM),
                    MINUTE_MS,
                    3,
                    3);
            above(
                    name(fed) + "GivesUpInVain",
                    "A batch that "
                            + name(fed)
                            + "'s mapping gave up could not be laid into quarantine: it is lost. Look at the bucket and at the role's permissions.",
                    metrics.function(fed, "DestinationDeliveryFailures", StackMetrics.SUM),
                    0,
                    1,
                    1);
        }
    }

    /** The worker tells of each at least every 15 seconds, so silence means that nobody reads. */
    private void read(List<String> consumers) {
        for (String consumer : consumers) {
            above(
                    consumer + "Behind",
                    "Records wait for more than a minute, or no worker reads. Read the workers' log; nothing is lost for a week.",
                    metrics.workerBehind(consumer + "BehindMs"),
                    MINUTE_MS,
                    3,
                    3,
                    TreatMissingData.BREACHING);
        }
    }

    private void above(
            String id, String sentence, Metric metric, double threshold, int of, int periods) {
        above(id, sentence, metric, threshold, of, periods, TreatMissingData.NOT_BREACHING);
    }

    /**
     * Sounds when the metric was above the threshold in {@code of} out of the last {@code periods}
     * periods.
     */
    private void above(
            String id,
            String sentence,
            Metric metric,
            double threshold,
            int of,
            int periods,
            TreatMissingData missing) {
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
    }

    private static String name(FreshetFunction function) {
        return function.getNode().getId();
    }
}
