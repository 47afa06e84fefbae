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
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The texts of reasons in one language, as a resource bundle beside this class has them, or as an
 * owner words them. A text that the language lacks is English.
 *
 * <p>Templates are split when they are read; a sentence costs a few appends.
 */
public final class ReasonLanguage {
    /** The language of a response whose request names none, or one that there is not. */
    public static final ReasonLanguage ENGLISH = new ReasonLanguage("en", bundled(""));

    /** The verb of owners' types that have none of their own. */
    private static final String OWN_VERB = "verb.own";

    private static final Pattern OWN_SLOT = Pattern.compile("verb\\.own_([1-9]|1[0-6])");

    private final String tag;
    private final Map<String, ReasonTemplate> texts;

    private ReasonLanguage(String tag, Map<String, ReasonTemplate> texts) {
        this.tag = tag;
        this.texts = Map.copyOf(texts);
    }

    /** Returns a language that a bundle exists for. */
    static ReasonLanguage bundledFor(String tag) {
        return new ReasonLanguage(tag, bundled("_" + tag));
    }

    private static Map<String, ReasonTemplate> bundled(String suffix) {
        try (InputStream in =
                Objects.requireNonNull(
                        ReasonLanguage.class.getResourceAsStream(
                                "reasons" + suffix + ".properties"))) {
            ResourceBundle bundle =
                    new PropertyResourceBundle(new InputStreamReader(in, StandardCharsets.UTF_8));
            Map<String, ReasonTemplate> texts = new HashMap<>();
            bundle.keySet()
                    .forEach(key -> texts.put(key, ReasonTemplate.of(bundle.getString(key))));
            return texts;
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns this language with some texts in place of its own. */
    ReasonLanguage with(Map<String, ReasonTemplate> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, ReasonTemplate> both = new HashMap<>(texts);
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
    @Nullable ReasonTemplate template(String key) {
        ReasonTemplate own = texts.get(key);
        return own != null || this == ENGLISH ? own : ENGLISH.texts.get(key);
    }

    /** Returns the sentence of a reason. */
    public String text(ReasonMessage message) {
        ReasonTemplate template = template(message.key());
        return template == null
                ? message.key()
                : template.text(message.title(), verb(message.verb()), message.name());
    }

    private @Nullable String verb(ReasonMessage.@Nullable Verb verb) {
        if (verb == null) {
            return null;
        }
        ReasonTemplate word = texts.get(verb.key());
        if (word == null && isOwn(verb.key())) {
            word = texts.get(OWN_VERB);
        }
        return word == null ? verb.english() : word.text(null, null, null);
    }
}
