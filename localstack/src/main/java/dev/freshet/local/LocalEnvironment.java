package dev.freshet.local;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.option.StackSettings;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.net.URI;
import java.util.HashMap;
import java.util.Map;

/**
 * Environment variables of the functions of a local cloud: those of the template, with the
 * emulators' endpoints, credentials for them, and the secret as a value, since there is no Secrets
 * Manager, and the number of starts and deployments as their version. The options of the stack that
 * this cloud was given are in place of the template's; the name of a function is its local one.
 *
 * <p>The id of a function's access key is the name of the function, so that a call to an emulator
 * shows whose it is.
 */
final class LocalEnvironment {

    static final String ACCESS_KEY_ID = "AWS_ACCESS_KEY_ID";

    private final Map<String, String> added;
    private final StackSettings settings;
    private volatile long version;

    LocalEnvironment(
            Emulators emulators,
            URI lambda,
            URI measurements,
            String secret,
            long version,
            Options options) {
        this.settings = options.settings();
        this.version = version;
        this.added =
                Map.ofEntries(
                        Map.entry("AWS_ENDPOINT_URL_DYNAMODB", emulators.dynamodb().toString()),
                        Map.entry("AWS_ENDPOINT_URL_KINESIS", emulators.kinesis().toString()),
                        Map.entry("AWS_ENDPOINT_URL_S3", emulators.s3().toString()),
                        Map.entry("AWS_ENDPOINT_URL_LAMBDA", lambda.toString()),
                        Map.entry("AWS_REGION", Arns.REGION),
                        Map.entry("AWS_DEFAULT_REGION", Arns.REGION),
                        Map.entry(ACCESS_KEY_ID, "local"),
                        Map.entry("AWS_SECRET_ACCESS_KEY", "local"),
                        Map.entry("FRESHET_SECRET", secret),
                        Map.entry(Setting.MEASUREMENTS.variable(), measurements.toString()));
    }

    /** Gives functions a version from now on. */
    void version(long number) {
        version = number;
    }

    Map<String, String> of(FunctionDefinition function) {
        Map<String, String> variables = new HashMap<>(function.environment());
        variables.remove("FRESHET_SECRET_ARN");
        if (variables.remove("FRESHET_ID_SECRET_ARN") != null) {
            variables.put("FRESHET_ID_SECRET", "ids-" + added.get("FRESHET_SECRET"));
        }
        variables.replace(StackOptions.EMBEDDER.variable(), Options.NO_EMBEDDER);
        variables.replace("FRESHET_COMPACT_FUNCTION", "compact");
        variables.putAll(given(function));
        variables.putAll(added);
        variables.put(Setting.FUNCTION_VERSION.variable(), Long.toString(version));
        variables.put(ACCESS_KEY_ID, function.name());
        return variables;
    }

    /** Returns the variables of the options that this cloud was given, by name. */
    private Map<String, String> given(FunctionDefinition function) {
        Map<String, String> variables = new HashMap<>();
        for (StackOption<?> option : StackOptions.all()) {
            String text = settings.given().get(option.name());
            boolean received =
                    option.passing().stream()
                            .flatMap(passing -> passing.functions().stream())
                            .anyMatch(one -> one.name().equalsIgnoreCase(function.name()));
            if (text != null && received) {
                variables.put(option.variable(), text);
            }
        }
        return variables;
    }

    /**
     * Returns the union of the environments of all functions, for tools that access the stores
     * directly.
     */
    Map<String, String> ofAll(Cloud cloud) {
        Map<String, String> variables = new HashMap<>();
        cloud.functions().forEach(function -> variables.putAll(of(function)));
        variables.putAll(added);
        return variables;
    }
}
