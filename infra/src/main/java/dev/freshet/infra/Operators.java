package dev.freshet.infra;

import dev.freshet.aws.option.OptionValues.ConsumerChoice;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.StackOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import software.amazon.awscdk.Fn;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.ManagedPolicy;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.constructs.Construct;

/**
 * IAM policies for people: one to look, and one to act on alarms besides. The stack attaches them
 * to nobody. Their statements are in the file {@code operators.yaml}.
 */
final class Operators extends Construct {
    final ManagedPolicy reading;
    final ManagedPolicy onCall;

    Operators(Construct scope, SecurityBaseline baseline, Functions functions, Storage storage) {
        super(scope, "Operators");
        boolean rest = baseline.settings.get(StackOptions.ENTRANCE) == EntranceChoice.REST;
        Stream<String> ofFunctions =
                functions.all().stream().map(of -> of.getNode().getId() + "Log");
        Stream<String> ofApi = Stream.of(rest ? Api.Variant.KEYS.logId : "HttpApiLog");
        String mapping = "EventSourceMappingArn";
        Stack stack = Stack.of(this);
        Map<String, Object> values =
                Map.of(
                        "${Stack}", stack.getStackId(),
                        "${Logs}", attributes("Arn", Stream.concat(ofFunctions, ofApi)),
                        "${Streams}", attributes("Arn", Stream.of("Events", "Examples")),
                        "${Quarantine}", storage.quarantineBucket.getBucketArn(),
                        "${Rules}",
                                attributes("Arn", Stream.of("CompactEveryHour", "RetainEveryHour")),
                        "${Mappings}",
                                attributes(mapping, Stream.of("EventsMapping", "ExamplesMapping")));
        Map<String, Object> all = StateMachines.read("operators.yaml", values);
        reading =
                policy(
                        "ReadOnlyPolicy",
                        "See alarms, metrics and logs",
                        statements(all, "Reading"));
        List<PolicyStatement> acting = statements(all, "Acting");
        if (baseline.settings.get(StackOptions.CONSUMER) == ConsumerChoice.FUNCTIONS) {
            acting.addAll(statements(all, "Mappings"));
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

    /** Returns an attribute of resources of the stack. */
    private static List<String> attributes(String name, Stream<String> ids) {
        return ids.map(id -> Fn.getAtt(id, name).toString()).toList();
    }
}
