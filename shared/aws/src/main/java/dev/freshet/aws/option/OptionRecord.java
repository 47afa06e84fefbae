package dev.freshet.aws.option;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.check.Sha256;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The options that a stack was deployed with, as two of its outputs keep them. No option is a
 * secret. CloudFormation states no limit of an output, so the record keeps within the 4,096 bytes
 * of a parameter: a value of more than {@value #LONGEST} characters is kept as its hash.
 *
 * @param values by name, those that are not the default; and of options with one-way changes every
 *     value, because another release may have another default
 * @param hash of the values of all options, defaults included
 */
public record OptionRecord(Map<String, String> values, String hash) {
    /** The output with the values, as a JSON object. */
    public static final String VALUES_OUTPUT = "Options";

    /** The output with the hash. */
    public static final String HASH_OUTPUT = "OptionsHash";

    static final int LONGEST = 64;

    private static final int HASH_BYTES = 8;

    /** Writes ASCII, the only letters that an output holds. */
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(JsonWriteFeature.ESCAPE_NON_ASCII)
                    .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                    .build();

    public OptionRecord {
        values = Map.copyOf(values);
    }

    /** Returns the record of a deployment with these settings. */
    public static OptionRecord of(StackSettings settings) {
        Map<String, String> all = new TreeMap<>();
        Map<String, String> recorded = new TreeMap<>();
        for (StackOption<?> option : StackOptions.all()) {
            String text = kept(settings.written(option));
            all.put(option.name(), text);
            if (option.isOneWay() || !text.equals(usual(option, settings))) {
                recorded.put(option.name(), text);
            }
        }
        return new OptionRecord(recorded, Sha256.of(all.toString(), HASH_BYTES));
    }

    /**
     * Returns the record in the outputs of a stack; empty if they have none.
     *
     * @throws IOException if the output is no record
     */
    public static Optional<OptionRecord> in(Map<String, String> outputs) throws IOException {
        String values = outputs.get(VALUES_OUTPUT);
        return values == null
                ? Optional.empty()
                : Optional.of(
                        new OptionRecord(
                                JSON.readValue(values, new TypeReference<>() {}),
                                outputs.getOrDefault(HASH_OUTPUT, "")));
    }

    /** Returns the values as their output keeps them. */
    public String text() {
        try {
            return JSON.writeValueAsString(values);
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /**
     * Returns what a deployment with these settings would change, in the order of the options. An
     * option that this release has no more is not among them.
     */
    public List<OptionChange> changes(StackSettings planned) {
        StackSettings deployed = new StackSettings(values);
        List<OptionChange> changes = new ArrayList<>();
        for (StackOption<?> option : StackOptions.all()) {
            String given = values.get(option.name());
            String from = given == null ? usual(option, deployed) : given;
            String to = kept(planned.written(option));
            if (!from.equals(to)) {
                StackOption.Consequence of = option.consequence(from, to);
                changes.add(new OptionChange(option.name(), from, to, of.oneWay(), of.words()));
            }
        }
        return changes;
    }

    private static <T> String usual(StackOption<T> option, StackSettings settings) {
        return kept(option.defaultValue(settings).map(option.type()::write));
    }

    private static String kept(Optional<String> value) {
        String text = value.orElse("none");
        return text.length() > LONGEST ? "sha256:" + Sha256.of(text, HASH_BYTES) : text;
    }
}
