package dev.freshet.ranking;

import dev.freshet.model.signal.ReasonMessage;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.PropertyResourceBundle;
import java.util.ResourceBundle;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
     * The text of a key, with places for the title, the verb and the name of a reason, such as
     * {@code Because you {verb} {title}}. What is put in is not looked at again, so a title with
     * braces stays as it is.
     *
     * @param parts what is between places and, in braces, the places
     */
    private record ReasonTemplate(String text, List<String> parts) {
        private static final Pattern PLACE = Pattern.compile("\\{(title|verb|name)}");

        static ReasonTemplate of(String text) {
            return new ReasonTemplate(text, List.of(PLACE.splitWithDelimiters(text, 0)));
        }
    }

    private final String tag;
    private final Map<String, ReasonTemplate> templates;

    private ReasonLanguage(String tag, Map<String, ReasonTemplate> templates) {
        this.tag = tag;
        this.templates = Map.copyOf(templates);
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
            return bundle.keySet().stream()
                    .collect(
                            Collectors.toMap(
                                    Function.identity(),
                                    key -> ReasonTemplate.of(bundle.getString(key))));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Returns this language with some texts in place of its own. */
    ReasonLanguage with(Map<String, String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Map<String, ReasonTemplate> both = new HashMap<>(templates);
        others.forEach((key, text) -> both.put(key, ReasonTemplate.of(text)));
        return new ReasonLanguage(tag, both);
    }

    /** Returns the tag of the language: {@code pt}. */
    public String tag() {
        return tag;
    }

    /** Returns the keys of the sentences and verbs of this language. */
    Set<String> keys() {
        return templates.keySet();
    }

    /** Returns whether a key is that of the verb of a slot of owners' types. */
    static boolean isOwn(String key) {
        return OWN_SLOT.matcher(key).matches();
    }

    /** Returns the text of a key that this language or English has; null for another one. */
    @Nullable String template(String key) {
        ReasonTemplate template = find(key);
        return template == null ? null : template.text();
    }

    private @Nullable ReasonTemplate find(String key) {
        ReasonTemplate own = templates.get(key);
        return own != null || this == ENGLISH ? own : ENGLISH.templates.get(key);
    }

    /** Returns the places of a text. */
    static Set<String> places(String text) {
        return ReasonTemplate.PLACE
                .matcher(text)
                .results()
                .map(MatchResult::group)
                .collect(Collectors.toSet());
    }

    /** Returns the sentence of a reason. */
    public String text(ReasonMessage message) {
        ReasonTemplate template = find(message.key());
        if (template == null) {
            return message.key();
        }
        StringBuilder text = new StringBuilder();
        for (String part : template.parts()) {
            text.append(
                    switch (part) {
                        case "{title}" -> message.title();
                        case "{verb}" -> verb(message.verb());
                        case "{name}" -> message.name();
                        default -> part;
                    });
        }
        return text.toString();
    }

    private @Nullable String verb(ReasonMessage.@Nullable Verb verb) {
        if (verb == null) {
            return null;
        }
        ReasonTemplate word = templates.get(verb.key());
        if (word == null && isOwn(verb.key())) {
            word = templates.get(OWN_VERB);
        }
        return word == null ? verb.english() : word.text();
    }
}
