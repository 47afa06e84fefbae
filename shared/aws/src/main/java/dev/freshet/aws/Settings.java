package dev.freshet.aws;

import dev.freshet.aws.option.OptionType;
import dev.freshet.aws.option.OptionValues;
import dev.freshet.aws.option.OptionValues.EmbedderChoice;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.aws.option.StackOption;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.store.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The settings of this process, read from its environment variables; no other class reads them. A
 * function receives only the variables that it needs, so each is checked when it is read: {@link
 * MissingSettingException} names one that is missing or unusable, and the way to set it.
 *
 * @param variables the environment variables of Freshet ({@code FRESHET_…}) and of the AWS SDK
 *     ({@code AWS_…}), without blank ones
 */
public record Settings(Map<String, String> variables) implements OptionValues {
    /** Most dimensions of a metric. */
    private static final int MAX_DIMENSIONS = 30;

    private static final OptionType<Integer> FAILOVER_MS = OptionType.number(500, 300_000);

    /** The AWS services whose endpoint the environment can override, as the SDK defines it. */
    public enum Service {
        DYNAMODB,
        KINESIS,
        S3,
        SECRETS_MANAGER,
        CLOUDWATCH,
        CLOUDWATCH_LOGS,
        BEDROCK_RUNTIME,
        LAMBDA,
        ATHENA,
        GLUE,
        LAKEFORMATION,
        SNS,
        STATES,
        CLOUDFORMATION,
        EC2,
        SERVICE_QUOTAS,
        STS
    }

    public Settings {
        Map<String, String> kept = new TreeMap<>();
        variables.forEach(
                (name, value) -> {
                    boolean known = name.startsWith("FRESHET_") || name.startsWith("AWS_");
                    if (known && !value.isBlank()) {
                        kept.put(name, value.strip());
                    }
                });
        variables = Map.copyOf(kept);
    }

    /** Returns the settings in a map of environment variables. */
    public static Settings from(Map<String, String> environment) {
        return new Settings(environment);
    }

    /** Returns the settings in the environment of this process. */
    public static Settings fromEnvironment() {
        return from(System.getenv());
    }

    /** Returns the text of a variable, or empty if it is not set. */
    public Optional<String> find(Setting setting) {
        return variable(setting);
    }

    /**
     * Returns the value of an option: that of its variable, else the default; empty if the option
     * has neither.
     *
     * @throws MissingSettingException if the variable's value is not allowed
     */
    @Override
    public <T> Optional<T> find(StackOption<T> option) {
        return given(option).or(() -> option.defaultValue(this));
    }

    /**
     * Returns the value of an option: that of its variable, else the default.
     *
     * @throws MissingSettingException if the option has neither, or the variable's value is not
     *     allowed
     */
    @Override
    public <T> T get(StackOption<T> option) {
        return find(option).orElseThrow(() -> missing(option));
    }

    /**
     * Returns the text of an option's variable, unchecked.
     *
     * @throws MissingSettingException if the variable is not set
     */
    @Override
    public String text(StackOption<?> option) {
        return require(option);
    }

    /**
     * Returns the text of a variable.
     *
     * @throws MissingSettingException if it is not set
     */
    public String text(Setting setting) {
        return require(setting);
    }

    private <T> Optional<T> given(StackOption<T> option) {
        return variable(option).map(text -> parse(option, option.type(), text));
    }

    private static <T> T parse(EnvironmentVariable variable, OptionType<T> type, String text) {
        return type.parse(text)
                .orElseThrow(
                        () -> new MissingSettingException(variable, "must be " + type.values()));
    }

    private Optional<String> variable(EnvironmentVariable variable) {
        return Optional.ofNullable(variables.get(variable.variable()));
    }

    private String require(EnvironmentVariable variable) {
        return variable(variable).orElseThrow(() -> missing(variable));
    }

    private static MissingSettingException missing(EnvironmentVariable variable) {
        return new MissingSettingException(variable, "is not set");
    }

    /** Returns the name of the stage; a local process may use one that no stack has. */
    public String stage() {
        return text(StackOptions.STAGE);
    }

    /** Returns the id of the model, which is part of keys in tables and buckets. */
    public String modelId() {
        return given(StackOptions.MODEL_ID).orElseThrow(() -> missing(StackOptions.MODEL_ID));
    }

    /** Returns the audience that user tokens must name. */
    public String audience() {
        return get(StackOptions.AUDIENCE);
    }

    /** Returns how long each store keeps its data. */
    public RetentionPolicy retention() {
        try {
            return find(Setting.RETENTION)
                    .map(RetentionPolicy::parse)
                    .orElse(RetentionPolicy.DEFAULT);
        } catch (IllegalArgumentException invalid) {
            throw new MissingSettingException(
                    Setting.RETENTION, "is invalid (" + invalid.getMessage() + ")");
        }
    }

    /** Returns what turns texts into vectors; nothing where the variable is not set. */
    public EmbedderChoice embedder() {
        return given(StackOptions.EMBEDDER).orElse(EmbedderChoice.NONE);
    }

    /**
     * Returns the time after which a worker that renews no lease counts as dead, 500 ms to 5
     * minutes; empty if it is not set.
     */
    public Optional<Duration> failover() {
        return find(Setting.FAILOVER)
                .map(text -> parse(Setting.FAILOVER, FAILOVER_MS, text))
                .map(Duration::ofMillis);
    }

    /**
     * Returns the dimensions of the API's metrics in CloudWatch; empty if they are not known.
     *
     * @throws MissingSettingException if the value is not a list of names with values
     */
    public Map<String, String> apiMetrics() {
        Map<String, String> dimensions = new TreeMap<>();
        List<String> parts =
                find(Setting.API_METRICS)
                        .map(all -> List.of(all.split(",", MAX_DIMENSIONS)))
                        .orElse(List.of());
        for (String one : parts) {
            int equals = one.indexOf('=');
            if (equals < 1) {
                throw new MissingSettingException(Setting.API_METRICS, "is no list of NAME=VALUE");
            }
            dimensions.put(one.substring(0, equals), one.substring(equals + 1));
        }
        return dimensions;
    }

    /** Returns the endpoint that overrides AWS's own for a service; empty if none does. */
    public Optional<URI> endpoint(Service service) {
        String named = variables.get("AWS_ENDPOINT_URL_" + service.name());
        String any = named != null ? named : variables.get("AWS_ENDPOINT_URL");
        return Optional.ofNullable(any).map(URI::create);
    }

    /** Returns the AWS region; empty if the SDK has to determine it. */
    public Optional<String> region() {
        String region = variables.get("AWS_REGION");
        return Optional.ofNullable(region != null ? region : variables.get("AWS_DEFAULT_REGION"));
    }

    /**
     * Returns the credentials in the environment, which emulators need; empty if there are none and
     * the SDK has to find them.
     */
    public Optional<Credentials> credentials() {
        String id = variables.get("AWS_ACCESS_KEY_ID");
        String key = variables.get("AWS_SECRET_ACCESS_KEY");
        return id == null || key == null
                ? Optional.empty()
                : Optional.of(
                        new Credentials(
                                id, key, Optional.ofNullable(variables.get("AWS_SESSION_TOKEN"))));
    }

    /** Returns the names of the variables without their values, which may be secret. */
    @Override
    public String toString() {
        return "Settings" + new TreeMap<>(variables).keySet();
    }

    /**
     * An AWS access key.
     *
     * @param id the id of the key
     * @param secret the secret of the key
     * @param sessionToken the session token of temporary credentials; empty for permanent ones
     */
    public record Credentials(String id, String secret, Optional<String> sessionToken) {
        /** Returns the id without the secret and the session token. */
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }

    /**
     * Signals that an environment variable that is needed is missing or unusable, which is a
     * mistake in the deployment.
     */
    public static final class MissingSettingException extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        /**
         * Creates an exception whose message says what is wrong and what to do.
         *
         * @param fault completes a sentence that begins with the variable's name, such as "is not
         *     set"
         */
        public MissingSettingException(EnvironmentVariable variable, String fault) {
            super(
                    """
                    %s %s. Meaning of the variable: %s The stack sets it for every function that needs \
                    it, and the local cloud takes it from the synthesized template. To correct it, \
                    deploy again or set it by hand."""
                            .formatted(variable.variable(), fault, variable.meaning()));
        }
    }
}
