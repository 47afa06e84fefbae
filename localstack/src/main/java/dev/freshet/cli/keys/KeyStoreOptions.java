package dev.freshet.cli.keys;

import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.EnvironmentVariable;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.StateOptions;
import dev.freshet.local.host.StateFolder;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Which deployment's keys are meant: AWS where a table is named, by an option or by {@code
 * FRESHET_KEYS_TABLE}; else the running local cloud.
 */
final class KeyStoreOptions {

    @Mixin private final StateOptions state = new StateOptions();

    @Option(
            names = "--keys-table",
            paramLabel = "NAME",
            description =
                    "On AWS: the table of keys (output KeysTableName). Default:"
                            + " FRESHET_KEYS_TABLE.")
    private @Nullable String table;

    @Option(
            names = "--usage-plan",
            paramLabel = "ID",
            description =
                    "On AWS, to create or rotate: the usage plan of the key's kind (outputs"
                            + " PublishablePlanId, SecretPlanId, UserTokensPlanId). Default:"
                            + " FRESHET_USAGE_PLAN.")
    private @Nullable String usagePlan;

    @Option(
            names = "--secret-arn",
            paramLabel = "ARN",
            description =
                    "On AWS, for HS256: the stack's secret (output SecretArn). Default:"
                            + " FRESHET_SECRET_ARN.")
    private @Nullable String secretArn;

    @Option(
            names = "--audience",
            paramLabel = "TEXT",
            description =
                    "On AWS, for user tokens: what they name as aud (output Audience). Default:"
                            + " FRESHET_AUDIENCE.")
    private @Nullable String audience;

    /** Whether a stack in AWS is meant. */
    boolean deployed() {
        return table != null || System.getenv(Setting.KEYS_TABLE.variable()) != null;
    }

    /** The usage plan that was named. */
    Optional<String> usagePlan() {
        return Optional.ofNullable(
                usagePlan == null ? System.getenv("FRESHET_USAGE_PLAN") : usagePlan);
    }

    /** The names of stores, and where they answer. */
    Settings settings() {
        if (deployed()) {
            Map<String, String> variables = new TreeMap<>(System.getenv());
            put(variables, Setting.KEYS_TABLE, table);
            put(variables, Setting.SECRET_ARN, secretArn);
            put(variables, StackOptions.AUDIENCE, audience);
            return Settings.from(variables);
        }
        return StateFolder.workerEnvironment(state.folder())
                .map(Settings::from)
                .orElseThrow(
                        () ->
                                state.noneRuns(
                                        "start one with './freshet up', or name a table on AWS with"
                                                + " --keys-table."));
    }

    private static void put(
            Map<String, String> variables, EnvironmentVariable variable, @Nullable String value) {
        if (value != null) {
            variables.put(variable.variable(), value);
        }
    }
}
