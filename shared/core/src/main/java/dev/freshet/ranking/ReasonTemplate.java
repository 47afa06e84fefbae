package dev.freshet.ranking;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A text with places for the title, the verb and the name of a reason, such as {@code Because you
 * {verb} {title}}. What is put in is not looked at again, so a title with braces stays as it is.
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
