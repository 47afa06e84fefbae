package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.ConsumerChoice;
import dev.freshet.aws.option.StackOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import software.amazon.awscdk.CfnResource;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CfnRule;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.kinesis.CfnStream;
import software.amazon.awscdk.services.lambda.CfnEventSourceMapping;
import software.amazon.awscdk.services.logs.CfnLogGroup;
import software.constructs.Construct;

/**
 * IAM policies for people: one to look, and one to act on alarms besides. The stack attaches them
 * to nobody. Their statements are in the file {@code operators.yaml}.
 */
final class Operators extends Construct {
    final ManagedPolicy reading;
    final ManagedPolicy onCall;

    Operators(Construct scope, SecurityBaseline baseline, Storage storage) {
        super(scope, "Operators");
        Stack stack = Stack.of(this);
        Map<String, Object> values =
                Map.of(
                        "${Stack}", stack.getStackId(),
                        "${Logs}", all(CfnLogGroup.class, CfnLogGroup::getAttrArn),
                        "${Streams}", all(CfnStream.class, CfnStream::getAttrArn),
                        "${Quarantine}", storage.quarantineBucket.getBucketArn(),
                        "${Rules}", all(CfnRule.class, CfnRule::getAttrArn),
                        "${Mappings}",
                                all(
                                        CfnEventSourceMapping.class,
                                        CfnEventSourceMapping::getAttrEventSourceMappingArn));
        Map<String, Object> texts = StateMachines.read("operators.yaml", values);
        reading =
                policy(
                        "ReadOnlyPolicy",
                        "See alarms, metrics and logs",
                        statements(texts, "Reading"));
        List<PolicyStatement> acting = statements(texts, "Acting");
        if (baseline.settings.get(StackOptions.CONSUMER) == ConsumerChoice.FUNCTIONS) {
            acting.addAll(statements(texts, "Mappings"));
        }
        acting.addAll(baseline.keyUse(List.copyOf(acting)));
        onCall = policy("OnCallPolicy", "Act on alarms", acting);
    }

    private static List<PolicyStatement> statements(Map<String, Object> all, String of) {
        List<PolicyStatement> statements = new ArrayList<>();
        if (all.get(of) instanceof List<?> each) {
            each.forEach(statement -> statements.add(PolicyStatement.fromJson(statement)));
        }
        return statements;
    }

    private ManagedPolicy policy(String id, String purpose, List<PolicyStatement> statements) {
        ManagedPolicy policy =
                ManagedPolicy.Builder.create(this, id)
                        .description("Freshet: " + purpose)
                        .statements(statements)
                        .build();
        FreshetStack.pin(policy, id);
        Acknowledged.prefixes(policy, statements);
        Acknowledged.anyResource(
                policy,
                "These actions of CloudWatch, Lambda, Logs and Kinesis cannot be limited to a"
                        + " resource.");
        return policy;
    }

    /** Returns an attribute of all resources of a type that the stack has so far. */
    private <T extends CfnResource> List<String> all(Class<T> type, Function<T, String> attribute) {
        return Stack.of(this).getNode().findAll().stream()
                .filter(type::isInstance)
                .map(type::cast)
                .map(attribute)
                .toList();
    }
}
