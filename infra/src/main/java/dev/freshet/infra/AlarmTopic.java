package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.StackOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.sns.Topic;
import software.amazon.awscdk.services.sns.subscriptions.EmailSubscription;
import software.constructs.Construct;

/**
 * The topic that all alarms notify, and who is subscribed to it. A topic with a policy of its own
 * has no default policy, so the policy allows CloudWatch to publish. SNS sends nothing to an
 * address whose owner has not confirmed the subscription.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/Notify_Users_Alarm_Changes.html">Notifying
 *     users on alarm changes</a>
 */
final class AlarmTopic extends Construct {
    final Topic topic;

    AlarmTopic(Construct scope, SecurityBaseline baseline) {
        super(scope, "AlarmTopic");
        Topic.Builder builder = Topic.Builder.create(this, "Topic").enforceSsl(true);
        baseline.key().ifPresent(builder::masterKey);
        topic = builder.build();
        FreshetStack.pin(topic, "AlarmTopic");
        String account = Stack.of(this).getAccount();
        String alarms = Access.arn(this, "cloudwatch", "alarm:*");
        topic.addToResourcePolicy(
                PolicyStatement.Builder.create()
                        .sid("AlarmsOfThisAccount")
                        .principals(List.of(new ServicePrincipal("cloudwatch.amazonaws.com")))
                        .actions(List.of("sns:Publish"))
                        .resources(List.of(topic.getTopicArn()))
                        .conditions(
                                new TreeMap<>(
                                        Map.of(
                                                "StringEquals",
                                                Map.of("aws:SourceAccount", account),
                                                "ArnLike",
                                                Map.of("aws:SourceArn", alarms))))
                        .build());
        baseline.settings
                .find(StackOptions.ALARM_EMAIL)
                .ifPresentOrElse(
                        email -> topic.addSubscription(new EmailSubscription(email)),
                        () -> warn(baseline.settings.get(StackOptions.STAGE)));
    }

    private void warn(Stage stage) {
        if (stage == Stage.PROD) {
            Annotations.of(this)
                    .addWarningV2(
                            "freshet:noAlarmEmail",
                            "Nobody receives the alarms of this stack: deploy with -c alarmEmail=ADDRESS, or subscribe to AlarmTopicArn.");
        }
    }
}
