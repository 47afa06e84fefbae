package dev.freshet.infra;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awscdk.Duration;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.events.CronOptions;
import software.amazon.awscdk.services.events.Rule;
import software.amazon.awscdk.services.events.RuleTargetInput;
import software.amazon.awscdk.services.events.Schedule;
import software.amazon.awscdk.services.events.targets.SfnStateMachine;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.amazon.awscdk.services.iam.ServicePrincipal;
import software.amazon.awscdk.services.stepfunctions.DefinitionBody;
import software.amazon.awscdk.services.stepfunctions.StateMachine;
import software.constructs.Construct;

/** Makes state machines of definitions in files, with their roles, rights and schedules. */
final class StateMachines {
    private StateMachines() {}

    /** Creates the role of a machine, without rights. */
    static Role role(Construct machine, String description) {
        return Role.Builder.create(machine, "Role")
                .description(description)
                .assumedBy(new ServicePrincipal("states.amazonaws.com"))
                .build();
    }

    /**
     * Creates a machine.
     *
     * @param id its logical id
     * @param definition as {@link MachineDefinition#read} returns it
     * @param substitutions values of its {@code ${Name}}; the partition is added
     */
    static StateMachine create(
            Construct scope,
            String id,
            String name,
            Role role,
            String definition,
            Map<String, String> substitutions) {
        Map<String, String> values = new TreeMap<>(substitutions);
        values.put("Partition", Stack.of(scope).getPartition());
        StateMachine machine =
                StateMachine.Builder.create(scope, "Machine")
                        .stateMachineName(name)
                        .role(role)
                        .definitionBody(DefinitionBody.fromString(definition))
                        .definitionSubstitutions(values)
                        .build();
        LogicalIds.pin(machine, id);
        return machine;
    }

    /**
     * Starts a machine at times. A start that fails is tried twice more, within an hour.
     *
     * @param id logical id of the rule
     * @param input of each run
     */
    static void schedule(
            Construct scope,
            String id,
            String description,
            CronOptions time,
            StateMachine machine,
            Map<String, Object> input) {
        Rule rule =
                Rule.Builder.create(scope, id)
                        .description(description)
                        .schedule(Schedule.cron(time))
                        .targets(
                                List.of(
                                        SfnStateMachine.Builder.create(machine)
                                                .input(RuleTargetInput.fromObject(input))
                                                .retryAttempts(2)
                                                .maxEventAge(Duration.hours(1))
                                                .build()))
                        .build();
        LogicalIds.pin(rule, id);
    }

    /**
     * Returns a right on machines or executions of the account.
     *
     * @param resource end of the ARN, such as {@code stateMachine:NAME}
     */
    static PolicyStatement allow(Construct scope, String resource, String... actions) {
        Stack stack = Stack.of(scope);
        return Access.allow(
                "arn:%s:states:%s:%s:%s"
                        .formatted(
                                stack.getPartition(),
                                stack.getRegion(),
                                stack.getAccount(),
                                resource),
                List.of(actions));
    }
}
