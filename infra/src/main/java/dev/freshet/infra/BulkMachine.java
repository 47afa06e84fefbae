package dev.freshet.infra;

import dev.freshet.recommend.BulkRun;
import java.util.List;
import java.util.Map;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/**
 * The state machine that makes lists in bulk: a distributed map over the lines of an object, of
 * which the function takes a batch at a time. What it does is in {@code bulk-lists.yaml}. Nothing
 * in the stack starts it; who has {@code states:StartExecution} on it does.
 */
final class BulkMachine extends Construct {
    /** The most batches at a time. */
    static final int MAX_AT_ONCE = 100;

    /** Batches at a time unless the execution names another number. */
    static final int USUAL_AT_ONCE = 20;

    /** The most bytes of the users of a batch; a state's input takes 262,144 with the request. */
    static final int BATCH_BYTES = 180_000;

    private static final String DEFINITION = "bulk-lists.yaml";

    final StateMachine machine;

    BulkMachine(
            Construct scope, SecurityBaseline baseline, Storage storage, FreshetFunction function) {
        super(scope, "BulkMachine");
        String name = StateMachines.name(baseline.settings, "-bulk-lists");
        Role role =
                Access.role(
                        this,
                        "Permissions of the state machine of Freshet's lists in bulk",
                        "states");
        String alias = function.alias().getFunctionArn();
        baseline.allow(
                role,
                List.of(
                        Access.allow(alias, "lambda:InvokeFunction"),
                        Access.objects(storage.modelBucket, BulkRun.PREFIX, "GetObject"),
                        Access.allow(
                                Access.arn(this, "states", "stateMachine:" + name),
                                "states:StartExecution")));
        PolicyStatement children =
                Access.allow(
                        Access.arn(this, "states", "execution:" + name + "/Batches:*"),
                        "states:DescribeExecution",
                        "states:StopExecution");
        role.addToPolicy(children);
        Acknowledged.idsMadeUp(
                role,
                children,
                "The ids of the children of a distributed map are made up by Step Functions; machine"
                        + " and map are named.");
        machine =
                StateMachines.create(
                        this,
                        "BulkLists",
                        name,
                        role,
                        definition(),
                        Map.of("Bucket", storage.modelBucket.getBucketName(), "Function", alias),
                        "Step Functions keeps the history of each run for 90 days; inputs of batches"
                                + " name users and belong in no log.",
                        "A run is a sequence of batches; its map run has their times.");
    }

    /** Returns the definition as JSON, with the names of resources as {@code ${Bucket}}. */
    static String definition() {
        return StateMachines.definition(
                DEFINITION,
                Map.of(
                        "${Batch}", BulkRun.BATCH,
                        "${BatchBytes}", BATCH_BYTES,
                        "${MostAtOnce}", MAX_AT_ONCE,
                        "${UsualAtOnce}", USUAL_AT_ONCE));
    }
}
