package dev.freshet.ranking;

import dev.freshet.model.signal.ReasonMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The texts of reasons in one language, as a resource bundle beside this class has them, or as an
 * owner words them. A text that the language lacks is English.
 */
public final class ReasonLanguage {
    /** The language of a response whose request names none, or one that there is not. */
    public static final ReasonLanguage ENGLISH = new ReasonLanguage("en", bundled(""));

    /** The verb of owners' types that have none of their own. */
    private static final String OWN_VERB = "verb.own";

    private static final Pattern OWN_SLOT = Pattern.compile("verb\\.own_([1-9]|1[0-6])");

    /**
     * A place for the title, the verb or the name of a reason in a text, such as {@code Because you
     * {verb} {title}}. What is put in is not looked at again, so a title with braces stays as it
     * is.
     */
    private static final Pattern PLACE = Pattern.compile("\\{(title|verb|name)}");

    private final String tag;
    private final Map<String, String> texts;

    private ReasonLanguage(String tag, Map<String, String> texts) {
        this.tag = tag;
        this.texts = Map.copyOf(texts);
    }

    /** Returns a language that a bundle exists for. */
    static ReasonLanguage bundledFor(String tag) {
        return new ReasonLanguage(tag, bundled("_" + tag));
    }

    private static Map<String, String> bundled(String suffix) {
        try (InputStream in =
                Objects.requireNonNull(
                        ReasonLanguage.class.getResourceAsStream(
                                "reasons" + suffix + ".properties"))) {
            ResourceBundle bundle =
                    new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
            return bundle.keySet().stream()
                    .collect(Collectors.toMap(Function.identity(), bundle::getString));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns this language with some texts in place of its own. */
    ReasonLanguage with(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, String> both = new HashMap<>(texts);
        both.putAll(others);
        return new ReasonLanguage(tag, both);
    }

    /** Returns the tag of the language: {@code pt}. */
    public String tag() {
        return tag;
    }

    /** Returns the keys of the sentences and verbs of this language. */
    Set<String> keys() {
        return texts.keySet();
    }

    /** Returns whether a key is that of the verb of a slot of owners' types. */
    static boolean isOwn(String key) {
        return OWN_SLOT.matcher(key).matches();
    }

    /** Returns the template of a key that this language or English has; null for another one. */
    @Nullable String template(String key) {
        String own = texts.get(key);
        return own != null || this == ENGLISH ? own : ENGLISH.texts.get(key);
    }

    /** Returns the places of a text. */
    static Set<String> places(String text) {
        return PLACE.matcher(text).results().map(MatchResult::group).collect(Collectors.toSet());
    }

    /** Returns the sentence of a reason. */
    public String text(ReasonMessage message) {
        String template = template(message.key());
        return template == null
                ? message.key()
                : PLACE.matcher(template)
                        .replaceAll(
                                place ->
                                        Matcher.quoteReplacement(
                                                String.valueOf(part(message, place.group(1)))));
    }

    private @Nullable String part(ReasonMessage message, String place) {
        return switch (place) {
            case "title" -> message.title();
            case "verb" -> verb(message.verb());
            default -> message.name();
        };
    }

    private @Nullable String verb(ReasonMessage.@Nullable Verb verb) {
        if (verb == null) {
            return null;
        }
        String word = texts.get(verb.key());
        return word == null && isOwn(verb.key())
                ? texts.getOrDefault(OWN_VERB, verb.english())
                : Objects.requireNonNullElse(word, verb.english());
    }
}
