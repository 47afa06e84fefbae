package dev.freshet.aws;

import dev.freshet.aws.Settings.Service;
import dev.freshet.aws.SignedHttp.Response;
import dev.freshet.aws.option.OptionChange;
import dev.freshet.aws.option.OptionRecord;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The options that a stack has on AWS, asked before a synthesis that may be deployed, so that a
 * forgotten flag or a changed file does not change what cannot be changed back.
 *
 * <p>The stack is asked anew each time, by its outputs: a copy in a file would be that of the last
 * machine that deployed, and not in the hands of the next.
 *
 * @param environment has the credentials
 * @param account that the CDK deploys to; empty if it found no credentials
 * @param region that the CDK deploys to
 */
public record DeployedOptions(Settings environment, String account, String region) {
    private static final Pattern ACCOUNT = Pattern.compile("<Account>([0-9]+)</Account>");

    private static final Pattern OUTPUT =
            Pattern.compile("<OutputKey>([^<]*)</OutputKey>\\s*<OutputValue>([^<]*)</OutputValue>");

    private static final int OK = 200;

    /** Returns the options of stacks in an account and a region, with this process' credentials. */
    public static DeployedOptions at(String account, String region) {
        return new DeployedOptions(Settings.fromEnvironment(), account, region);
    }

    /**
     * Compares the options of a stack with those of its next deployment, by two calls.
     *
     * @param planned the options of the next deployment, and the name of the stack
     * @param allowed the names of options whose one-way changes are allowed
     * @param strict whether it is refused to go on if the deployed options are not known
     * @return sentences about what changes, or why that is not known
     * @throws IllegalArgumentException with what would be lost, if a one-way change is not allowed,
     *     or with {@code strict} if the deployed options are not known
     */
    public List<String> compared(StackSettings planned, Set<String> allowed, boolean strict) {
        String stack = planned.get(StackOptions.STACK_NAME);
        try {
            List<OptionChange> changes =
                    ask(stack).map(deployed -> deployed.changes(planned)).orElse(List.of());
            String lines =
                    changes.stream().map(OptionChange::toString).collect(Collectors.joining("\n"));
            List<String> refused = OptionChange.refused(changes, allowed);
            if (!refused.isEmpty()) {
                throw new IllegalArgumentException(
                        "The stack %s would lose what cannot be had back:\n%s\nGive the deployed value (in freshet.json), or -c allow=%s for this deployment."
                                .formatted(stack, lines, String.join(",", refused)));
            }
            return lines.lines().toList();
        } catch (IOException unknown) {
            String sentence =
                    "The options were not compared with those of the stack %s: %s."
                            .formatted(stack, unknown.getMessage());
            if (strict) {
                throw new IllegalArgumentException(sentence, unknown);
            }
            return List.of(sentence + " With -c strict=true this is an error.");
        }
    }

    /** Returns the options of a stack; empty if nothing is deployed under its name. */
    private Optional<OptionRecord> ask(String stack) throws IOException {
        if (account.isEmpty()) {
            throw new IOException("the CDK found no credentials");
        }
        Map<String, String> variables = new TreeMap<>(environment.variables());
        variables.put("AWS_REGION", region);
        try (Clients clients = new Clients(Settings.from(variables))) {
            SignedHttp identity = clients.signed(Service.STS, "sts");
            String caller = body(identity.form("GetCallerIdentity", "2011-06-15", Map.of()));
            Matcher own = ACCOUNT.matcher(caller);
            if (!own.find() || !own.group(1).equals(account)) {
                throw new IOException(
                        "the CDK deploys to account %s, and other credentials are at hand; set AWS_PROFILE in place of --profile"
                                .formatted(account));
            }
            Response described =
                    clients.signed(Service.CLOUDFORMATION, "cloudformation")
                            .form("DescribeStacks", "2010-05-15", Map.of("StackName", stack));
            if (described.body().contains(stack + " does not exist")) {
                return Optional.empty();
            }
            Map<String, String> outputs = new TreeMap<>();
            Matcher output = OUTPUT.matcher(body(described));
            while (output.find()) {
                outputs.put(output.group(1), output.group(2).replace("&quot;", "\""));
            }
            Optional<OptionRecord> record = OptionRecord.in(outputs);
            // A stack whose first deployment failed has no outputs at all, and nothing to lose.
            if (record.isEmpty() && !outputs.isEmpty()) {
                throw new IOException("it has no output " + OptionRecord.VALUES_OUTPUT);
            }
            return record;
        }
    }

    private static String body(Response response) throws IOException {
        if (response.status() != OK) {
            throw new IOException(
                    "AWS answered %d, %s".formatted(response.status(), response.body()));
        }
        return response.body();
    }
}
