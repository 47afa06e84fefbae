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
 * Findings of {@link Review} that are meant to be so. Each is acknowledged where its construct is
 * made, with its reason, which then stands in the template too.
 */
final class Acknowledged {
    private static final String WILDCARD = "AwsSolutions-IAM5";

    private Acknowledged() {}

    /** This rule's findings at the construct and at what it consists of, whatever they point at. */
    static void at(IConstruct construct, String rule, String reason) {
        suppress(
                construct,
                NagPackSuppression.builder().id("AwsSolutions-" + rule).reason(reason).build());
    }

    /**
     * Only that finding of the rule which points at this.
     *
     * @param detail as the finding names it, such as {@code Policy::ARN}
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

    /** Rights that know no resource to name. */
    static void anything(Role role, String reason) {
        at(role, "IAM5", "Resource::*", reason);
    }

    /**
     * The prefixes of objects that these statements name, each by itself; a wildcard in anything
     * else remains a finding.
     */
    static void prefixes(Role role, List<PolicyStatement> access) {
        Stack stack = Stack.of(role);
        List<String> prefixes = new ArrayList<>();
        for (PolicyStatement statement : access) {
            if (statement.getActions().stream().allMatch(action -> action.startsWith("s3:"))) {
                statement.getResources().stream()
                        .map(resource -> flat(stack.resolve(resource)))
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
                                    "Objects below this prefix are named as they come, by version, hash,"
                                            + " shard and number; it is the narrowest that holds them.")
                            .appliesTo(prefixes)
                            .build());
        }
    }

    /** The routes that these ARNs name, whose parameters stand as wildcards. */
    static void routes(IConstruct policy, List<String> arns) {
        Stack stack = Stack.of(policy);
        List<String> wild =
                arns.stream()
                        .map(arn -> "Resource::" + flat(stack.resolve(arn)))
                        .filter(arn -> arn.contains("*"))
                        .toList();
        if (!wild.isEmpty()) {
            suppress(
                    policy,
                    NagPackSuppression.builder()
                            .id(WILDCARD)
                            .reason(
                                    "The wildcard stands for the id in the route's path, which no policy can"
                                            + " know beforehand; method and route are named.")
                            .appliesTo(wild)
                            .build());
        }
    }

    private static void suppress(IConstruct construct, NagPackSuppression suppression) {
        NagSuppressions.addResourceSuppressions(construct, List.of(suppression), true);
    }

    /** A resolved value as findings write it: references in angle brackets. */
    private static String flat(Object value) {
        return switch (value) {
            case Map<?, ?> reference when reference.get("Fn::Join") instanceof List<?> join ->
                    join.get(1) instanceof List<?> parts
                            ? parts.stream()
                                    .map(Acknowledged::flat)
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
