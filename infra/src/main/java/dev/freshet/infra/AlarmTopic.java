package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.Stage;
import dev.freshet.aws.option.StackOptions;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Annotations;
import software.amazon.awscdk.CfnResource;
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
        publishing("AlarmsOfThisAccount", "cloudwatch", Access.arn(this, "cloudwatch", "alarm:*"));
        baseline.settings.find(StackOptions.BUDGET).ifPresent(this::budget);
        baseline.settings
                .find(StackOptions.ALARM_EMAIL)
                .ifPresentOrElse(
                        email -> topic.addSubscription(new EmailSubscription(email)),
                        () -> warn(baseline.settings.get(StackOptions.STAGE)));
    }

    private void publishing(String sid, String service, String sources) {
        String account = Stack.of(this).getAccount();
        topic.addToResourcePolicy(
                PolicyStatement.Builder.create()
                        .sid(sid)
                        .principals(List.of(new ServicePrincipal(service + ".amazonaws.com")))
                        .actions(List.of("sns:Publish"))
                        .resources(List.of(topic.getTopicArn()))
                        .conditions(
                                new TreeMap<>(
                                        Map.of(
                                                "StringEquals",
                                                Map.of("aws:SourceAccount", account),
                                                "ArnLike",
                                                Map.of("aws:SourceArn", sources))))
                        .build());
    }

    /**
     * Adds a budget of the account, which notifies the topic. It is not of the stack alone: costs
     * by tags are known only where the account's owner has activated those for billing.
     */
    private void budget(int dollars) {
        Stack stack = Stack.of(this);
        publishing(
                "BudgetsOfThisAccount",
                "budgets",
                "arn:%s:budgets::%s:*".formatted(stack.getPartition(), stack.getAccount()));
        Map<String, Object> values = Map.of("${Dollars}", dollars, "${Topic}", topic.getTopicArn());
        CfnResource budget =
                CfnResource.Builder.create(this, "Budget")
                        .type("AWS::Budgets::Budget")
                        .properties(StateMachines.read("budget.yaml", values))
                        .build();
        budget.overrideLogicalId("Budget");
        budget.getNode().addDependency(topic);
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
