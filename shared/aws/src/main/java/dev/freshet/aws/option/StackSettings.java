package dev.freshet.aws.option;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.aws.option.OptionValues.ConsumerChoice;
import dev.freshet.aws.option.OptionValues.DeploymentChoice;
import dev.freshet.aws.option.OptionValues.EntranceChoice;
import dev.freshet.aws.option.OptionValues.OwnKey;
import dev.freshet.event.EventTypes;
import dev.freshet.event.Strengths;
import dev.freshet.features.AttributionRules;
import dev.freshet.json.EditDistance;
import dev.freshet.model.settings.Objective;
import dev.freshet.recommend.BulkRun;
import dev.freshet.store.RetentionPolicy;
import dev.freshet.store.RetentionPolicy.Kind;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * The values of all options of one stack. {@link #of} checks each value and each combination, so
 * reading an option does not fail.
 *
 * @param given the texts that the owner gave, by the name of the option
 */
public record StackSettings(Map<String, String> given) implements OptionValues {
    /** The bytes of all environment variables of a function. */
    public static final int MAX_ENVIRONMENT_BYTES = 4_096;

    /** The most variables of a function that name a resource. */
    private static final int MAX_NAMES = 13;

    /** The bytes of such a variable, without the name of the stack in it. */
    private static final int NAME_BYTES = 66;

    /** The bytes of the variables of a function that are neither options nor such names. */
    private static final int OTHER_BYTES = 280;

    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Map<Kind, StackOption<Integer>> RETENTIONS =
            Map.of(
                    Kind.INTERACTIONS, StackOptions.INTERACTIONS_DAYS,
                    Kind.EXPOSURES, StackOptions.EXPOSURES_DAYS,
                    Kind.OUTCOMES, StackOptions.OUTCOMES_DAYS,
                    Kind.USERS, StackOptions.USERS_DAYS,
                    Kind.TRENDS, StackOptions.TRENDS_DAYS,
                    Kind.ITEMS, StackOptions.ITEMS_DAYS,
                    Kind.MODEL, StackOptions.MODEL_DAYS,
                    Kind.QUARANTINE, StackOptions.QUARANTINE_DAYS);

    public StackSettings {
        given = Map.copyOf(given);
    }

    /**
     * Returns the settings that result from what the owner gave.
     *
     * @param given the texts of options, by name; options without a text have their defaults
     * @throws IllegalArgumentException with a sentence for the owner, if a name is not that of an
     *     option, a value is not allowed, or two values exclude each other
     */
    public static StackSettings of(Map<String, String> given) {
        given.keySet().forEach(StackSettings::requireKnown);
        StackSettings settings = new StackSettings(given);
        StackOptions.all().forEach(settings::find);
        if (settings.get(StackOptions.CONSUMER) == ConsumerChoice.WORKER
                && settings.get(StackOptions.FAN_OUT)) {
            throw new IllegalArgumentException(
                    "fanOut must be false when consumer is worker: only functions use enhanced"
                            + " fan-out.");
        }
        if (settings.get(StackOptions.ENTRANCE) == EntranceChoice.HTTP
                && (settings.get(StackOptions.WAF) || settings.get(StackOptions.SIGNED_API))) {
            throw new IllegalArgumentException(
                    "waf and signedApi must be false when entrance is http: both belong to REST"
                            + " APIs.");
        }
        if (settings.get(StackOptions.ENTRANCE) == EntranceChoice.HTTP
                && settings.get(StackOptions.DEPLOYMENT) == DeploymentChoice.CANARY) {
            throw new IllegalArgumentException(
                    "deployment must be once when entrance is http: the alarm of an HTTP API refers"
                            + " to the API, and the API to the functions that are deployed.");
        }
        if (settings.get(StackOptions.BATCH) && !settings.get(StackOptions.LAKE)) {
            throw new IllegalArgumentException(
                    "lake must be true when batch is true: batch jobs read the lake.");
        }
        settings.requireCertificate();
        settings.requireEventTypes();
        for (StackFunction function : StackFunction.values()) {
            settings.requireRoomIn(function);
        }
        return settings;
    }

    /** Checks that a domain has a certificate, and pages one where CloudFront looks for it. */
    private void requireCertificate() {
        String certificate = find(StackOptions.CERTIFICATE_ARN).orElse("");
        if (find(StackOptions.DOMAIN).isPresent()
                && !(get(StackOptions.SITE)
                        ? certificate.contains(":acm:us-east-1:")
                        : !certificate.isEmpty())) {
            throw new IllegalArgumentException(
                    "certificateArn must name the certificate of domain, in us-east-1 when site is"
                            + " true.");
        }
    }

    /**
     * Returns these settings as one deployment may use them. Where it is allowed to leave the
     * stack's own key, the key is retired: what was written under it can still be read.
     *
     * @param allowed the names of options whose one-way changes are allowed
     * @throws IllegalArgumentException with a sentence for the owner, if no change of such an
     *     option needs to be allowed
     */
    public StackSettings allowing(Set<String> allowed) {
        for (String name : allowed) {
            if (!requireKnown(name).isOneWay()) {
                throw new IllegalArgumentException(
                        "allow=%s: no change of %s has to be allowed.".formatted(name, name));
            }
        }
        String key = StackOptions.CUSTOMER_KEY.name();
        if (!allowed.contains(key) || get(StackOptions.CUSTOMER_KEY) != OwnKey.FALSE) {
            return this;
        }
        Map<String, String> retired = new TreeMap<>(given);
        retired.put(key, StackOptions.CUSTOMER_KEY.type().write(OwnKey.RETIRED));
        return of(retired);
    }

    /** Checks the options that define or name event types. */
    private void requireEventTypes() {
        EventTypes types =
                find(StackOptions.EVENT_TYPES)
                        .map(json -> read(StackOptions.EVENT_TYPES, () -> EventTypes.parse(json)))
                        .orElse(EventTypes.BUILT_IN);
        find(StackOptions.STRENGTHS)
                .ifPresent(
                        json -> read(StackOptions.STRENGTHS, () -> Strengths.parse(json, types)));
        find(StackOptions.OBJECTIVE)
                .ifPresent(
                        text -> read(StackOptions.OBJECTIVE, () -> Objective.parse(text, types)));
        String conversions = get(StackOptions.CONVERSION_TYPES);
        try {
            AttributionRules.types(conversions, types);
        } catch (IllegalArgumentException none) {
            throw new IllegalArgumentException(
                    StackOptions.CONVERSION_TYPES.refusal(conversions), none);
        }
    }

    /**
     * Checks that the options of a function fit into its environment, beside the names of what the
     * function uses. Lambda measures it as JSON.
     *
     * @see <a href="https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html">Lambda
     *     quotas</a>
     */
    private void requireRoomIn(StackFunction function) {
        int room =
                MAX_ENVIRONMENT_BYTES
                        - OTHER_BYTES
                        - length(StackOptions.SECRET_ARN)
                        - length(StackOptions.ID_SECRET_ARN)
                        - MAX_NAMES * (NAME_BYTES + get(StackOptions.STACK_NAME).length());
        int bytes = bytes(environment(function));
        if (bytes > room) {
            String longest =
                    StackOptions.all().stream()
                            .filter(option -> isPassed(option, function))
                            .sorted(Comparator.comparingInt(this::length).reversed())
                            .limit(4)
                            .map(option -> "%s (%d)".formatted(option.name(), length(option)))
                            .collect(Collectors.joining(", "));
            throw new IllegalArgumentException(
                    ("The options of the function %s take %,d bytes of its environment, of which Lambda"
                                    + " leaves %,d beside names of resources. Shorten the longest: %s;"
                                    + " or stackName, which counts %d times.")
                            .formatted(function.id(), bytes, room, longest, MAX_NAMES));
        }
    }

    /** Returns the bytes of an environment as Lambda measures it. */
    public static int bytes(Map<String, String> environment) {
        return JSON.valueToTree(environment).toString().getBytes(StandardCharsets.UTF_8).length;
    }

    private int length(StackOption<?> option) {
        return written(option).map(String::length).orElse(0);
    }

    private boolean isPassed(StackOption<?> option, StackFunction function) {
        return option.passing()
                .filter(passing -> passing.functions().contains(function))
                .filter(passing -> !passing.onlyIfGiven() || given.containsKey(option.name()))
                .isPresent();
    }

    private static <T> T read(StackOption<?> option, Supplier<T> reader) {
        try {
            return reader.get();
        } catch (IllegalArgumentException unreadable) {
            throw new IllegalArgumentException(
                    option.name() + ": " + unreadable.getMessage(), unreadable);
        }
    }

    /**
     * Returns the option of a name.
     *
     * @throws IllegalArgumentException with a sentence that names the nearest option, if there is
     *     none
     */
    static StackOption<?> requireKnown(String name) {
        return StackOptions.named(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "Unknown option '%s'. Did you mean '%s'? ./freshet options lists all."
                                                .formatted(name, nearest(name))));
    }

    private static String nearest(String name) {
        return StackOptions.all().stream()
                .map(StackOption::name)
                .min(Comparator.comparingInt(option -> EditDistance.between(option, name)))
                .orElseThrow();
    }

    @Override
    public <T> Optional<T> find(StackOption<T> option) {
        return Optional.ofNullable(given.get(option.name()))
                .map(option::parse)
                .or(() -> option.defaultValue(this));
    }

    @Override
    public <T> T get(StackOption<T> option) {
        return find(option)
                .orElseThrow(() -> new IllegalStateException(option + " has no default"));
    }

    @Override
    public String text(StackOption<?> option) {
        return written(option)
                .orElseThrow(() -> new IllegalStateException(option + " has no default"));
    }

    /** Returns the text of an option; empty if it is neither given nor has a default. */
    public <T> Optional<String> written(StackOption<T> option) {
        return find(option).map(option.type()::write);
    }

    /** Returns the environment variables that carry options to a function, by name. */
    public Map<String, String> environment(StackFunction function) {
        Map<String, String> variables = new TreeMap<>();
        for (StackOption<?> option : StackOptions.all()) {
            if (isPassed(option, function)) {
                written(option).ifPresent(text -> variables.put(option.variable(), text));
            }
        }
        return variables;
    }

    /**
     * Returns how long each store keeps its data, in the form that the functions read. Tables with
     * point-in-time recovery can be restored as far back as DynamoDB allows.
     */
    public String retention() {
        Map<Kind, Integer> days = new EnumMap<>(Kind.class);
        RETENTIONS.forEach((kind, option) -> days.put(kind, get(option)));
        days.put(Kind.RECOVERY, get(StackOptions.PROTECTION) ? Kind.RECOVERY.most() : 0);
        int bulk = BulkRun.GONE_DAYS + (get(StackOptions.PROTECTION) ? BulkRun.VERSION_DAYS : 0);
        days.put(Kind.BULK, get(StackOptions.BULK) ? bulk : 0);
        return new RetentionPolicy(days).text();
    }
}
