package dev.freshet.aws;

import dev.freshet.store.RetentionPolicy;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * What the environment says; the one place where it is read. A function is given only the variables
 * that it needs, so each is asked for when it is used: a missing one throws {@link
 * MissingSettingException}, whose sentence names it and the way to set it.
 *
 * @param variables Freshet's own ({@link Setting}) and the SDK's ({@code AWS_…}), blank ones left
 *     out
 */
public record Settings(Map<String, String> variables) {
    /** Services whose endpoint the SDK lets the environment override. */
    public enum Service {
        DYNAMODB,
        KINESIS,
        S3,
        SECRETS_MANAGER,
        BEDROCK_RUNTIME
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

    public static Settings from(Map<String, String> environment) {
        return new Settings(environment);
    }

    /** Those of this process. */
    public static Settings fromEnvironment() {
        return new Settings(System.getenv());
    }

    /** A setting that need not be there. */
    public Optional<String> find(Setting setting) {
        return Optional.ofNullable(variables.get(setting.variable()));
    }

    private String require(Setting setting) {
        return find(setting).orElseThrow(() -> new MissingSettingException(setting, "is not set"));
    }

    public String stage() {
        return require(Setting.STAGE);
    }

    public String modelId() {
        String id = require(Setting.MODEL_ID);
        if (!id.matches("[A-Za-z0-9_.-]{1,64}")) {
            throw new MissingSettingException(
                    Setting.MODEL_ID, "must be 1 to 64 letters, digits, '-', '_' or '.'");
        }
        return id;
    }

    public String eventsStream() {
        return require(Setting.EVENTS_STREAM);
    }

    public String examplesStream() {
        return require(Setting.EXAMPLES_STREAM);
    }

    public String interactionsTable() {
        return require(Setting.INTERACTIONS_TABLE);
    }

    public String usersTable() {
        return require(Setting.USERS_TABLE);
    }

    public String itemsTable() {
        return require(Setting.ITEMS_TABLE);
    }

    public String trendsTable() {
        return require(Setting.TRENDS_TABLE);
    }

    public String modelsTable() {
        return require(Setting.MODELS_TABLE);
    }

    public String keysTable() {
        return require(Setting.KEYS_TABLE);
    }

    /** What user tokens name as their audience; unless set, {@code freshet-} and the stage. */
    public String audience() {
        return find(Setting.AUDIENCE).orElseGet(() -> "freshet-" + stage());
    }

    /**
     * What the ids of anonymous readers begin with, and no user's does; unless set, {@code anon-}.
     */
    public String anonymousPrefix() {
        String prefix = find(Setting.ANONYMOUS_PREFIX).orElse("anon-");
        if (!prefix.matches("[A-Za-z0-9_.:-]{1,32}")) {
            throw new MissingSettingException(
                    Setting.ANONYMOUS_PREFIX,
                    "must be 1 to 32 letters, digits, '-', '_', '.' or ':'");
        }
        return prefix;
    }

    public String modelBucket() {
        return require(Setting.MODEL_BUCKET);
    }

    public String quarantineBucket() {
        return require(Setting.QUARANTINE_BUCKET);
    }

    /** How long the stores keep what they hold. */
    public RetentionPolicy retention() {
        try {
            return find(Setting.RETENTION)
                    .map(RetentionPolicy::parse)
                    .orElse(RetentionPolicy.DEFAULT);
        } catch (IllegalArgumentException bad) {
            throw new MissingSettingException(
                    Setting.RETENTION, "is not right: " + bad.getMessage());
        }
    }

    /** Overrides of the strengths of events, as JSON; empty where the owner made none. */
    public Optional<String> strengths() {
        return find(Setting.STRENGTHS);
    }

    /** What works out the embeddings of texts: {@code none} where nothing does. */
    public EmbedderChoice embedder() {
        return find(Setting.EMBEDDER)
                .map(
                        name ->
                                EmbedderChoice.of(name)
                                        .orElseThrow(
                                                () ->
                                                        new MissingSettingException(
                                                                Setting.EMBEDDER,
                                                                "must be "
                                                                        + EmbedderChoice.names())))
                .orElse(EmbedderChoice.NONE);
    }

    /** How the sources' signals become one score, by name; empty for the usual way. */
    public Optional<String> blend() {
        return find(Setting.BLEND);
    }

    /** The worker's tables of leases are called so, a hyphen, and the kind of stream. */
    public String leases() {
        return require(Setting.LEASES);
    }

    /** After how long a worker that renews no lease counts as dead: 500 ms to 5 min, else empty. */
    public Optional<Duration> failover() {
        return find(Setting.FAILOVER)
                .map(
                        text -> {
                            if (!text.matches("[0-9]{3,6}")
                                    || Integer.parseInt(text) < 500
                                    || Integer.parseInt(text) > 300_000) {
                                throw new MissingSettingException(
                                        Setting.FAILOVER, "must be 500 to 300000");
                            }
                            return Duration.ofMillis(Integer.parseInt(text));
                        });
    }

    /** The endpoint that stands in for a service, or empty for AWS's own. */
    public Optional<URI> endpoint(Service service) {
        String named = variables.get("AWS_ENDPOINT_URL_" + service.name());
        String any = named != null ? named : variables.get("AWS_ENDPOINT_URL");
        return Optional.ofNullable(any).map(URI::create);
    }

    /** The region, or empty where the SDK has to find it. */
    public Optional<String> region() {
        String region = variables.get("AWS_REGION");
        return Optional.ofNullable(region != null ? region : variables.get("AWS_DEFAULT_REGION"));
    }

    /** Credentials given by hand, for emulators; the SDK finds those for AWS by itself. */
    public Optional<Credentials> credentials() {
        String id = variables.get("AWS_ACCESS_KEY_ID");
        String key = variables.get("AWS_SECRET_ACCESS_KEY");
        return id == null || key == null
                ? Optional.empty()
                : Optional.of(
                        new Credentials(
                                id, key, Optional.ofNullable(variables.get("AWS_SESSION_TOKEN"))));
    }

    /** Names only: values may be secret. */
    @Override
    public String toString() {
        return "Settings" + new TreeMap<>(variables).keySet();
    }

    /** Embedders to choose from. */
    public enum EmbedderChoice {
        /** MiniLM, within the function. */
        MINILM,
        /** Titan Text Embeddings V2 on Bedrock. */
        BEDROCK,
        /** Only vectors that the site gives. */
        NONE;

        /** {@code minilm}, {@code bedrock}, {@code none}. */
        public String wireName() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The one of this name, or empty. */
        public static Optional<EmbedderChoice> of(String wireName) {
            return Arrays.stream(values())
                    .filter(choice -> choice.wireName().equals(wireName))
                    .findFirst();
        }

        /** All of them, for a sentence. */
        public static String names() {
            return Arrays.stream(values())
                    .map(EmbedderChoice::wireName)
                    .collect(Collectors.joining(", "));
        }
    }

    /**
     * An access key.
     *
     * @param sessionToken there for temporary credentials
     */
    public record Credentials(String id, String secret, Optional<String> sessionToken) {
        /** The id only. */
        @Override
        public String toString() {
            return "Credentials[" + id + "]";
        }
    }
}
