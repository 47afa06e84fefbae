package dev.freshet.ranking;

import dev.freshet.model.signal.ReasonMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
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

    /**
     * A text with places for the title, the verb and the name of a reason, such as {@code Because
     * you {verb} {title}}. What is put in is not looked at again, so a title with braces stays as
     * it is.
     *
     * @param parts texts and, in braces, places
     */
    record ReasonTemplate(List<String> parts) {
        private static final Pattern PLACE = Pattern.compile("\\{(title|verb|name)}");

        ReasonTemplate {
            parts = List.copyOf(parts);
        }

        static ReasonTemplate of(String text) {
            List<String> parts = new ArrayList<>();
            Matcher places = PLACE.matcher(text);
            int from = 0;
            while (places.find()) {
                parts.add(text.substring(from, places.start()));
                parts.add(places.group());
                from = places.end();
            }
            parts.add(text.substring(from));
            return new ReasonTemplate(parts);
        }

        /** Returns the names of the places. */
        Set<String> places() {
            Set<String> places = new TreeSet<>();
            for (int at = 1; at < parts.size(); at += 2) {
                places.add(parts.get(at));
            }
            return places;
        }

        boolean isPlain() {
            return parts.size() == 1;
        }

        String text(@Nullable String title, @Nullable String verb, @Nullable String name) {
            StringBuilder text = new StringBuilder();
            for (int at = 0; at < parts.size(); at++) {
                String part = parts.get(at);
                text.append(
                        at % 2 == 0
                                ? part
                                : switch (part) {
                                    case "{title}" -> title;
                                    case "{verb}" -> verb;
                                    default -> name;
                                });
            }
            return text.toString();
        }
    }

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
