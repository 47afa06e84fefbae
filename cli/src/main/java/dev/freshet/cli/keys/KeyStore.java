package dev.freshet.cli.keys;

import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.Signer;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.cli.connection.DeploymentOptions;
import dev.freshet.cli.connection.DeploymentOptions.Deployment;
import dev.freshet.cli.connection.DeploymentOptions.NamedSettings;
import dev.freshet.cli.keys.AccessKeyService.UsageKeys;
import dev.freshet.console.CommandException;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import software.amazon.awssdk.http.apache5.Apache5HttpClient;
import software.amazon.awssdk.services.apigateway.ApiGatewayClient;

/** The keys of one deployment, open for the duration of one command. */
record KeyStore(Settings settings, Clients clients, AccessKeyService keys) {
    /** What a command does with the keys; returns the exit code. */
    interface Work {
        int on(KeyStore store) throws InterruptedException;
    }

    /**
     * Opens the keys, runs the work, and closes them.
     *
     * @throws CommandException when a store does not answer
     */
    static int with(KeyStoreOptions options, Work work) throws InterruptedException {
        InstantSource clock = InstantSource.system();
        Deployment deployment = options.deployment();
        Settings settings = deployment.settings();
        try (Clients clients = new Clients(settings);
                UsageKeys usage = options.usageKeys(deployment)) {
            AccessKeys keys = new StackStores(settings, clients, clock).accessKeys();
            return work.on(
                    new KeyStore(settings, clients, new AccessKeyService(keys, usage, clock)));
        } catch (StoreUnavailableException unanswered) {
            throw CommandException.withAdvice(
                    unanswered,
                    "See 'freshet keys list', then run the command again if it has no effect there.");
        }
    }

    /** Returns a signer with the secret of the stack. */
    Signer stack() {
        return new Signer(new Secrets(settings, clients).secret());
    }

    /** Returns the audience that user tokens have to name. */
    String audience() {
        return settings.audience();
    }

    /**
     * The options that say whose keys a command works on: those of a stack on AWS where {@code
     * --stack}, {@code --keys-table} or {@code FRESHET_KEYS_TABLE} names one, else of the running
     * local cloud.
     */
    static final class KeyStoreOptions {
        private static final Duration LONGEST = Duration.ofDays(3_660);

        @Mixin private final DeploymentOptions deployment = new DeploymentOptions();

        @ArgGroup(validate = false, order = 2, heading = "%nNames on AWS, without --stack:%n")
        private Names names = new Names();

        /** The options that name what the outputs of a stack would. */
        private static final class Names {
            @Option(
                    names = "--keys-table",
                    paramLabel = "NAME",
                    description =
                            "Table of the keys (output KeysTableName). Default:"
                                    + " FRESHET_KEYS_TABLE.")
            @Nullable String table;

            @Option(
                    names = "--usage-plan",
                    paramLabel = "ID",
                    description =
                            "To create or rotate: usage plan of the key's kind (outputs"
                                    + " PublishablePlanId, SecretPlanId, UserTokensPlanId, InsightsPlanId,"
                                    + " ExperimentsPlanId)."
                                    + " Default: FRESHET_USAGE_PLAN.")
            @Nullable String usagePlan;

            @Option(
                    names = "--secret-arn",
                    paramLabel = "ARN",
                    description =
                            "For HS256: secret of the stack (output SecretArn). Default:"
                                    + " FRESHET_SECRET_ARN.")
            @Nullable String secretArn;

            @Option(
                    names = "--audience",
                    paramLabel = "TEXT",
                    description =
                            "For user tokens: their aud (output Audience). Default:"
                                    + " FRESHET_AUDIENCE.")
            @Nullable String audience;
        }

        /** Returns the deployment that the options name. */
        Deployment deployment() {
            return deployment.find(
                    Setting.KEYS_TABLE,
                    new NamedSettings()
                            .with(Setting.KEYS_TABLE, names.table)
                            .with(Setting.SECRET_ARN, names.secretArn)
                            .with(StackOptions.AUDIENCE, names.audience));
        }

        /**
         * Returns where calls are counted, to be closed: API Gateway on AWS, unless the stack has
         * an HTTP API, which has no API keys and usage plans.
         */
        private UsageKeys usageKeys(Deployment of) {
            Optional<String> entrance = of.outputs().flatMap(outputs -> outputs.find("Entrance"));
            return of.local().isPresent() || entrance.filter("http"::equals).isPresent()
                    ? UsageKeys.NOWHERE
                    : new GatewayKeys(
                            ApiGatewayClient.builder()
                                    .httpClientBuilder(Apache5HttpClient.builder())
                                    .build(),
                            key -> usagePlan(key, of));
        }

        /**
         * Returns the id of the usage plan for a key: by the option, the stack or the environment.
         */
        private String usagePlan(AccessKey key, Deployment of) {
            String output =
                    switch (key.kind()) {
                        case PUBLISHABLE -> "PublishablePlanId";
                        case SECRET -> "SecretPlanId";
                        case USER_TOKENS -> "UserTokensPlanId";
                        case INSIGHTS -> "InsightsPlanId";
                        case EXPERIMENTS -> "ExperimentsPlanId";
                    };
            return Optional.ofNullable(names.usagePlan)
                    .or(() -> of.outputs().flatMap(outputs -> outputs.find(output)))
                    .or(() -> Optional.ofNullable(System.getenv("FRESHET_USAGE_PLAN")))
                    .orElseThrow(
                            CommandException.saying(
                                    "Name the stack with --stack, or the usage plan of this kind of key with --usage-plan."));
        }

        /**
         * Returns the full second at or after which a key expires by its option {@code
         * --expires-in}; null without one.
         */
        static @Nullable Instant end(@Nullable String expiresIn, Instant now) {
            if (expiresIn == null) {
                return null;
            }
            Duration time = time("--expires-in", expiresIn);
            CommandException.require(time.isPositive(), "--expires-in must be longer than 0.");
            return now.plus(time).plusNanos(999_999_999).truncatedTo(ChronoUnit.SECONDS);
        }

        /**
         * Returns the time that a text names: {@code 90m}, {@code 36h}, {@code 30d}.
         *
         * @param option name of the option, for the message
         */
        static Duration time(String option, String text) {
            String upper = text.toUpperCase(Locale.ROOT);
            if (upper.matches("[0-9]{1,9}[SMHD]")) {
                Duration time = Duration.parse(upper.endsWith("D") ? "P" + upper : "PT" + upper);
                if (time.compareTo(LONGEST) <= 0) {
                    return time;
                }
            }
            throw new CommandException(
                    "%s must be a time such as 90m, 36h or 30d, at most ten years, not '%s'.",
                    option, text);
        }
    }
}
