package dev.freshet.ranking;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.json.MalformedJsonException;
import dev.freshet.json.StrictJson;
import dev.freshet.json.TextRule;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Locale.LanguageRange;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The languages in which a stack words its reasons: English, German, French, Spanish and
 * Portuguese, with texts of the owner in place of some of ours.
 */
public final class ReasonLanguages {
    /** The longest text of own texts, so that it fits the environment of a function. */
    public static final int MAX_LENGTH = 1_000;

    /** The languages with our texts only. */
    public static final ReasonLanguages OURS;

    /** Longest text of one key. */
    private static final int MAX_TEXT = 200;

    /** Longest header {@code Accept-Language} that is read. */
    private static final int MAX_HEADER = 200;

    private static final String VERB = "verb.";
    private static final Pattern TAG = Pattern.compile("[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}");

    static {
        List<ReasonLanguage> all = new ArrayList<>();
        all.add(ReasonLanguage.ENGLISH);
        for (String tag : List.of("de", "fr", "es", "pt")) {
            all.add(ReasonLanguage.bundledFor(tag));
        }
        OURS = new ReasonLanguages(all);
    }

    private final List<ReasonLanguage> all;
    private final List<String> tags;

    private ReasonLanguages(List<ReasonLanguage> all) {
        this.all = List.copyOf(all);
        tags = all.stream().map(ReasonLanguage::tag).toList();
    }

    /**
     * Reads an owner's texts: a JSON object from a key, or a language, a point and a key, to the
     * text. A text without a language holds for all.
     *
     * @return empty if a key is unknown, or a text is too long or has a place that the key has not
     */
    public static Optional<ReasonLanguages> parse(String json) {
        JsonNode texts;
        try {
            texts = StrictJson.read(json.getBytes(StandardCharsets.UTF_8));
        } catch (MalformedJsonException malformed) {
            return Optional.empty();
        }
        if (json.length() > MAX_LENGTH || !texts.isObject()) {
            return Optional.empty();
        }
        Map<String, Map<String, String>> forOne = new HashMap<>();
        Map<String, String> forAll = new HashMap<>();
        for (Map.Entry<String, JsonNode> entry : texts.properties()) {
            String name = entry.getKey();
            String tag = name.substring(0, Math.min(2, name.length()));
            boolean ofOne = name.startsWith(tag + ".") && OURS.tags.contains(tag);
            String key = ofOne ? name.substring(tag.length() + 1) : name;
            if (!isText(key, entry.getValue())) {
                return Optional.empty();
            }
            (ofOne ? forOne.computeIfAbsent(tag, other -> new HashMap<>()) : forAll)
                    .put(key, entry.getValue().textValue());
        }
        return Optional.of(
                new ReasonLanguages(
                        OURS.all.stream()
                                .map(
                                        language ->
                                                language.with(forAll)
                                                        .with(
                                                                forOne.getOrDefault(
                                                                        language.tag(), Map.of())))
                                .toList()));
    }

    private static boolean isText(String key, JsonNode text) {
        String ours = ReasonLanguage.ENGLISH.template(key);
        boolean known =
                ours != null || OURS.all.get(1).keys().contains(key) || ReasonLanguage.isOwn(key);
        return known
                && text.isTextual()
                && !text.textValue().isBlank()
                && text.textValue().length() <= MAX_TEXT
                && TextRule.SINGLE_LINE.accepts(text.textValue())
                && (ours != null || key.startsWith(VERB))
                && ReasonLanguage.places(ours == null ? "" : ours)
                        .containsAll(ReasonLanguage.places(text.textValue()));
    }

    /** Returns whether a text names a language as BCP 47 does: {@code pt-BR}. */
    public static boolean isTag(String text) {
        return TAG.matcher(text).matches();
    }

    /**
     * Returns the language of a response.
     *
     * @param tag the language that the request names, which {@link #isTag}; or null
     * @param accepted the header {@code Accept-Language}, which counts where the request names no
     *     language; or null. One that is malformed, or longer than {@value #MAX_HEADER} characters,
     *     accepts English
     */
    public ReasonLanguage choose(@Nullable String tag, @Nullable String accepted) {
        String wanted = tag != null ? tag : accepted;
        if (wanted == null || wanted.isEmpty() || wanted.length() > MAX_HEADER) {
            return all.getFirst();
        }
        try {
            String found = Locale.lookupTag(LanguageRange.parse(wanted), tags);
            return all.get(Math.max(0, tags.indexOf(found)));
        } catch (IllegalArgumentException malformed) {
            return all.getFirst();
        }
    }
}
