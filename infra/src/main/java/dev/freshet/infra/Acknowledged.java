package dev.freshet.infra;

import io.github.cdklabs.cdknag.NagPackSuppression;
import io.github.cdklabs.cdknag.NagSuppressions;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import software.amazon.awscdk.Stack;
import software.amazon.awscdk.services.iam.PolicyStatement;
import software.amazon.awscdk.services.iam.Role;
import software.constructs.IConstruct;

/**
 * Acknowledgements of findings of {@link Review} that are intended. Each is made where its
 * construct is made, with a reason that is also written into the template.
 */
final class Acknowledged {
    private Acknowledged() {}

    /** Acknowledges all findings of a rule at a construct and its children. */
    static void at(IConstruct construct, String rule, String reason) {
        suppress(construct, suppression(rule, reason));
    }

    /**
     * Acknowledges the finding of a rule that points at one detail.
     *
     * @param detail the detail in the notation of the finding, such as {@code Policy::ARN}
     */
    static void at(IConstruct construct, String rule, String detail, String reason) {
        suppress(construct, suppression(rule, reason).appliesTo(List.of(detail)));
    }

    /** Acknowledges permissions that cannot be limited to a resource. */
    static void anyResource(IConstruct role, String reason) {
        at(role, "IAM5", "Resource::*", reason);
    }

    /** Acknowledges that a role may read every metric of the account. */
    static void readsMetrics(Role role) {
        anyResource(role, "cloudwatch:GetMetricData cannot be limited to a resource.");
    }

    /**
     * Acknowledges the wildcards that end prefixes of objects in these statements. A wildcard in
     * any other resource remains a finding.
     */
    static void prefixes(IConstruct role, List<PolicyStatement> access) {
        wildcards(
                role,
                access.stream()
                        .filter(
                                statement ->
                                        statement.getActions().stream()
                                                .allMatch(action -> action.startsWith("s3:")))
                        .flatMap(statement -> statement.getResources().stream()),
                resource -> resource.endsWith("/*"),
                "The names of objects below this prefix contain version, hash, shard and"
                        + " number; it is the narrowest prefix of all of them.");
    }

    /** Acknowledges the wildcards that replace parameters in these ARNs of routes. */
    static void routes(IConstruct policy, List<String> arns) {
        wildcards(
                policy,
                arns.stream(),
                arn -> arn.contains("*"),
                "The wildcard replaces the id in the path of the route, which is not known"
                        + " to a policy; method and route are named.");
    }

    private static void wildcards(
            IConstruct holder, Stream<String> resources, Predicate<String> isWild, String reason) {
        Stack stack = Stack.of(holder);
        List<String> wild =
                resources
                        .map(resource -> "Resource::" + notation(stack.resolve(resource)))
                        .filter(isWild)
                        .toList();
        if (!wild.isEmpty()) {
            suppress(holder, suppression("IAM5", reason).appliesTo(wild));
        }
    }

    /**
     * Acknowledges the wildcard that ends the resource of a statement, which stands for ids that a
     * service makes up.
     */
    static void idsMadeUp(Role role, PolicyStatement statement, String reason) {
        Stack stack = Stack.of(role);
        for (String resource : statement.getResources()) {
            at(role, "IAM5", "Resource::" + notation(stack.resolve(resource)), reason);
        }
    }

    private static NagPackSuppression.Builder suppression(String rule, String reason) {
        return NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason);
    }

    private static void suppress(IConstruct construct, NagPackSuppression.Builder suppression) {
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression.build()), true);
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
