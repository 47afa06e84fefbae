package dev.freshet.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.IConstruct;

/**
 * Acknowledgements of findings of {@link Review} that are intended. Each is made where its
 * construct is made, with a reason that is also written into the template.
 */
final class Acknowledged {
    private static final String WILDCARD = "AwsSolutions-IAM5";

    private Acknowledged() {}

    /** Acknowledges all findings of a rule at a construct and its children. */
    static void at(IConstruct construct, String rule, String reason) {
        suppress(
                construct,
                NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build());
    }

    /**
     * Acknowledges the finding of a rule that points at one detail.
     *
     * @param detail the detail in the notation of the finding, such as {@code Policy::ARN}
     */
    static void at(IConstruct construct, String rule, String detail, String reason) {
        suppress(
                construct,
                NagPackSuppression.builder()
                        .id("AwsSolutions-" + rule)
                        .reason(reason)
                        .appliesTo(List.of(detail))
                        .build());
    }

    /** Acknowledges permissions that cannot be limited to a resource. */
    static void anyResource(Role role, String reason) {
        at(role, "IAM5", "Resource::*", reason);
    }

    /**
     * Acknowledges the wildcards that end prefixes of objects in these statements. A wildcard in
     * any other resource remains a finding.
     */
    static void prefixes(Role role, List<PolicyStatement> access) {
        Stack stack = Stack.of(role);
        List<String> prefixes = new ArrayList<>();
        for (PolicyStatement statement : access) {
            if (statement.getActions().stream().allMatch(action -> action.startsWith("s3:"))) {
                statement.getResources().stream()
                        .map(resource -> notation(stack.resolve(resource)))
                        .filter(resource -> resource.endsWith("/*"))
                        .forEach(resource -> prefixes.add("Resource::" + resource));
            }
        }
        if (!prefixes.isEmpty()) {
            suppress(
                    role,
                    NagPackSuppression.builder()
                            .id(WILDCARD)
                            .reason(
                                    "The names of objects below this prefix contain version, hash, shard and"
                                            + " number; it is the narrowest prefix of all of them.")
                            .appliesTo(prefixes)
                            .build());
        }
    }

    /** Acknowledges the wildcard for the executions of one map run's children. */
    static void executions(Role role, PolicyStatement statement) {
        idsMadeUp(
                role,
                statement,
                "The ids of the children of a distributed map are made up by Step Functions; machine"
                        + " and map are named.");
    }

    /** Acknowledges the wildcard for the runs of one application's jobs. */
    static void jobRuns(Role role, PolicyStatement statement) {
        idsMadeUp(
                role,
                statement,
                "The ids of runs of jobs are made up by EMR Serverless; the application is named.");
    }

    private static void idsMadeUp(Role role, PolicyStatement statement, String reason) {
        Stack stack = Stack.of(role);
        for (String resource : statement.getResources()) {
            at(role, "IAM5", "Resource::" + notation(stack.resolve(resource)), reason);
        }
    }

    /** Acknowledges the wildcards that replace parameters in these ARNs of routes. */
    static void routes(IConstruct policy, List<String> arns) {
        Stack stack = Stack.of(policy);
        List<String> wild =
                arns.stream()
                        .map(arn -> "Resource::" + notation(stack.resolve(arn)))
                        .filter(arn -> arn.contains("*"))
                        .toList();
        if (!wild.isEmpty()) {
            suppress(
                    policy,
                    NagPackSuppression.builder()
                            .id(WILDCARD)
                            .reason(
                                    "The wildcard replaces the id in the path of the route, which is not known"
                                            + " to a policy; method and route are named.")
                            .appliesTo(wild)
                            .build());
        }
    }

    private static void suppress(IConstruct construct, NagPackSuppression suppression) {
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression), true);
    }

    /** Returns a resolved value in the notation of findings, with references in angle brackets. */
    private static String notation(Object value) {
        return switch (value) {
            case Map<?, ?> reference when reference.get("Fn::Join") instanceof List<?> join ->
                    join.get(1) instanceof List<?> parts
                            ? parts.stream()
                                    .map(Acknowledged::notation)
                                    .collect(Collectors.joining(String.valueOf(join.getFirst())))
                            : String.valueOf(value);
            case Map<?, ?> reference when reference.get("Fn::GetAtt") instanceof List<?> path ->
                    "<" + path.stream().map(String::valueOf).collect(Collectors.joining(".")) + ">";
            case Map<?, ?> reference when reference.get("Ref") instanceof String id ->
                    "<" + id + ">";
            default -> String.valueOf(value);
        };
    }
}
