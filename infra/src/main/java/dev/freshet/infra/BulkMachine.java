package dev.freshet.infra;

import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.bulk.BulkRun;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * The state machine that makes lists in bulk: a distributed map over the lines of an object, of
 * which the function takes a batch at a time. What it does is in {@code bulk-lists.yaml}. Nothing
 * in the stack starts it; who has {@code states:StartExecution} on it does.
 */
final class BulkMachine extends Construct {
    /** The most batches at a time. */
    static final int MOST_AT_ONCE = 100;

    /** Batches at a time unless the execution names another number. */
    static final int USUAL_AT_ONCE = 20;

    /** The most bytes of the users of a batch; a state's input takes 262,144 with the request. */
    static final int BATCH_BYTES = 180_000;

    private static final String DEFINITION = "bulk-lists.yaml";

    final StateMachine machine;

    BulkMachine(
            Construct scope,
            StackSettings settings,
            SecurityBaseline baseline,
            Storage storage,
            FreshetFunction function) {
        super(scope, "BulkMachine");
        String name = MachineDefinition.name(settings.get(StackOptions.STACK_NAME), "-bulk-lists");
        Role role =
                Role.Builder.create(this, "Role")
                        .description("Permissions of the state machine of Freshet's lists in bulk")
                        .assumedBy(new ServicePrincipal("states.amazonaws.com"))
                        .build();
        String version = function.function.getCurrentVersion().getFunctionArn();
        baseline.allow(
                role,
                List.of(
                        Access.allow(version, List.of("lambda:InvokeFunction")),
                        Access.objects(storage.modelBucket, BulkRun.PREFIX, "GetObject"),
                        states("stateMachine:" + name, "states:StartExecution")));
        PolicyStatement children =
                states(
                        "execution:" + name + "/Batches:*",
                        "states:DescribeExecution",
                        "states:StopExecution");
        role.addToPolicy(children);
        Acknowledged.executions(role, children);
        machine =
                StateMachine.Builder.create(this, "Machine")
                        .stateMachineName(name)
                        .role(role)
                        .definitionBody(DefinitionBody.fromString(definition()))
                        .definitionSubstitutions(
                                new TreeMap<>(
                                        Map.of(
                                                "Partition",
                                                Stack.of(this).getPartition(),
                                                "Bucket",
                                                storage.modelBucket.getBucketName(),
                                                "Function",
                                                version)))
                        .build();
        LogicalIds.pin(machine, "BulkLists");
        Acknowledged.at(
                machine,
                "SF1",
                "Step Functions keeps the history of each run for 90 days; inputs of batches name users"
                        + " and belong in no log.");
        Acknowledged.at(
                machine, "SF2", "A run is a sequence of batches; its map run has their times.");
    }

    private PolicyStatement states(String resource, String... actions) {
        Stack stack = Stack.of(this);
        return Access.allow(
                "arn:%s:states:%s:%s:%s"
                        .formatted(
                                stack.getPartition(),
                                stack.getRegion(),
                                stack.getAccount(),
                                resource),
                List.of(actions));
    }

    /** Returns the definition as JSON, with the names of resources as {@code ${Bucket}}. */
    static String definition() {
        return MachineDefinition.read(
                DEFINITION,
                Map.of(
                        "${Batch}", BulkRun.BATCH,
                        "${BatchBytes}", BATCH_BYTES,
                        "${MostAtOnce}", MOST_AT_ONCE,
                        "${UsualAtOnce}", USUAL_AT_ONCE));
    }
}
