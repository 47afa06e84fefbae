package dev.freshet.infra;

import dev.freshet.infra.Rights.Right;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * {@code docs/reference/iam.md}: every right in every kind of stack, as the templates have them,
 * with the reasons from {@code iam-reasons.txt}.
 */
final class IamListing {
    private static final Path REASONS = Path.of("src/test/resources/iam-reasons.txt");
    private static final List<String> HEADINGS =
            List.of("Roles", "Callers", "Resources", "Invocations");

    /** The introduction of each part of the page. */
    private static final Map<String, String> INTRODUCTIONS =
            Map.of(
                    "Roles",
                            "The roles of functions, worker and services. Nothing else runs with a role of the stack.",
                    "Callers",
                            "Policies for roles of a site that sign their requests with IAM, and for people who operate the stack. The stack attaches them to no role.",
                    "Resources",
                            "What the policies of resources allow and forbid. `*` in the policy of a key is that key.",
                    "Invocations",
                            "The services that may invoke a function, and on behalf of which resource.");

    private final Map<Right, String> rights = new LinkedHashMap<>();
    private final Map<String, String> roles = new TreeMap<>();
    private final Map<String, String> reasons = new TreeMap<>();
    private final Set<String> usedReasons = new TreeSet<>();
    private final List<String> unexplained = new ArrayList<>();

    /**
     * @param usual the stack that is listed
     * @param others by the settings that make them, of which is listed what they have more
     */
    IamListing(Synthesized usual, Map<String, Synthesized> others) {
        Rights.of(usual).forEach(right -> rights.put(right, ""));
        roles.putAll(Rights.roles(usual));
        others.forEach(
                (settings, stack) -> {
                    Rights.of(stack)
                            .forEach(right -> rights.putIfAbsent(right, "`" + settings + "`"));
                    Rights.roles(stack).forEach(roles::putIfAbsent);
                });
        try {
            for (String line : Files.readAllLines(REASONS)) {
                if (!line.isBlank() && !line.startsWith("#")) {
                    String[] parts = line.split("\\|", 3);
                    reasons.put(parts[0].strip() + " | " + parts[1].strip(), parts[2].strip());
                }
            }
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    Set<Right> rights() {
        return rights.keySet();
    }

    Map<String, String> roles() {
        return roles;
    }

    /** Of rights for which no reason is given; complete after {@link #page}. */
    List<String> unexplained() {
        return unexplained;
    }

    /** Given for rights that nobody has; complete after {@link #page}. */
    Set<String> leftOver() {
        Set<String> leftOver = new TreeSet<>(reasons.keySet());
        leftOver.removeAll(usedReasons);
        return leftOver;
    }

    String page() {
        StringBuilder page = new StringBuilder(START);
        for (String heading : HEADINGS) {
            page.append("\n## ").append(heading).append("\n\n");
            page.append(INTRODUCTIONS.get(heading)).append('\n');
            Map<String, List<Right>> byHolder =
                    rights.keySet().stream()
                            .filter(right -> right.heading().equals(heading))
                            .collect(
                                    Collectors.groupingBy(
                                            Right::holder, TreeMap::new, Collectors.toList()));
            byHolder.forEach((holder, held) -> holder(page, heading, holder, held));
        }
        page.append("\n## Without a policy of the stack's\n\n");
        roles.forEach(
                (role, taker) -> {
                    if (taker.contains("AWS's policy")) {
                        page.append("- `").append(role).append("`, assumed by ").append(taker);
                        page.append(": ").append(reason(role, "AWS's policy")).append("\n");
                    }
                });
        return page.toString();
    }

    /**
     * Returns a line for each right, and for each role who assumes it: what the committed list of
     * rights is compared with.
     */
    String lines() {
        StringBuilder lines = new StringBuilder(LINES_START);
        for (Map.Entry<Right, String> each : rights.entrySet()) {
            Right right = each.getKey();
            lines.append(
                            String.join(
                                            " | ",
                                            right.holder(),
                                            right.resource(),
                                            (right.allows() ? "" : "never ")
                                                    + actions(right.actions()),
                                            right.condition(),
                                            each.getValue())
                                    .replaceAll("( \\| )+$", ""))
                    .append('\n');
        }
        roles.forEach((role, taker) -> lines.append("%s | assumed by %s%n".formatted(role, taker)));
        return lines.toString();
    }

    private void holder(StringBuilder page, String heading, String holder, List<Right> held) {
        page.append("\n### ").append(holder).append("\n\n");
        if (heading.equals("Roles")) {
            page.append("Assumed by ").append(roles.get(holder)).append(".\n\n");
        }
        page.append("| on | may | only | in stacks with | why |\n|---|---|---|---|---|\n");
        for (Right right : held) {
            page.append(
                    "| `%s` | %s%s | %s | %s | %s |\n"
                            .formatted(
                                    right.resource(),
                                    right.allows() ? "" : "**never** ",
                                    actions(right.actions()),
                                    right.condition(),
                                    rights.get(right),
                                    reason(holder, right.resource())));
        }
    }

    /** The service once, then its operations. */
    private static String actions(List<String> actions) {
        Map<String, List<String>> byService = new TreeMap<>();
        actions.forEach(
                action -> {
                    String service = action.substring(0, action.indexOf(':'));
                    byService
                            .computeIfAbsent(service, any -> new ArrayList<>())
                            .add(action.substring(service.length() + 1));
                });
        return byService.entrySet().stream()
                .map(one -> one.getKey() + ":" + String.join(", ", one.getValue()))
                .collect(Collectors.joining("; "));
    }

    private String reason(String holder, String resource) {
        for (String key :
                List.of(
                        holder + " | " + resource,
                        "any | " + resource,
                        holder + " | any",
                        "any | " + resource.replace(holder, "HOLDER"))) {
            String reason = reasons.get(key);
            if (reason != null) {
                usedReasons.add(key);
                return reason;
            }
        }
        unexplained.add(holder + " | " + resource);
        return "";
    }

    private static final String LINES_START =
            """
            # Every right of a stack: holder | resource | actions | condition | option that adds it. IamTest writes it with -Dfreshet.update=true;
            # the reason of each is in iam-reasons.txt.
            """;

    private static final String START =
            """
            # IAM permissions

            Every permission that a stack grants, generated by a test of the build from the templates.

            The permissions are those of a `prod` stack; a permission that another option adds names the option. Resources have their logical ids
            of the template. The test requires a reason for every line (`infra/src/test/resources/iam-reasons.txt`).

            Emulators check no permissions. `IamGate` therefore runs every operation of the API on the local cloud, with the functions and with the
            worker, and compares each call to AWS that they make, including those of the Kinesis Client Library, with the permissions of their roles.
            """;
}
