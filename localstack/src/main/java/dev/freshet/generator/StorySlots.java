package dev.freshet.generator;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Filler of the slots of one text: what was chosen for a named slot stays for the whole text. */
final class StorySlots {
    private static final Pattern RANGE = Pattern.compile("(\\d+)-(\\d+)");
    private static final Pattern NAME = Pattern.compile("([a-z]+)(\\d?)(\\.last)?");
    private static final Pattern ARTICLE = Pattern.compile("\\b([Aa]) (?=[aeio])");
    private static final Pattern SENTENCE = Pattern.compile("(^|[.?!] )(\\p{Ll})");

    private final Grammar grammar;
    private final RandomGenerator random;
    private final Map<String, String> chosen = new HashMap<>();

    StorySlots(Grammar grammar, RandomGenerator random) {
        this.grammar = grammar;
        this.random = random;
    }

    /**
     * Returns the template with its slots filled, {@code an} in the place of {@code a} before a
     * vowel, and each sentence with a capital letter.
     *
     * @throws IllegalArgumentException if a slot is of no known kind
     */
    String fill(String template) {
        String text = ARTICLE.matcher(filled(template, true)).replaceAll("$1n ");
        return SENTENCE.matcher(text)
                .replaceAll(found -> found.group(1) + found.group(2).toUpperCase(Locale.ROOT));
    }

    /** Returns the value of a named slot, as {@link #fill} uses it. */
    String value(String name) {
        return slot(name, true);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    private String filled(String template, boolean named) {
        StringBuilder out = new StringBuilder();
        int at = 0;
        while (at < template.length()) {
            int open = template.indexOf('{', at);
            if (open < 0) {
                break;
            }
            int close = closing(template, open);
            out.append(template, at, open).append(slot(template.substring(open + 1, close), named));
            at = close + 1;
        }
        return out.append(template, at, template.length()).toString();
    }

    private static int closing(String template, int open) {
        int depth = 0;
        for (int i = open; i < template.length(); i++) {
            if (template.charAt(i) == '{') {
                depth++;
            } else if (template.charAt(i) == '}' && --depth == 0) {
                return i;
            }
        }
        throw new IllegalArgumentException("A slot has no end: " + template);
    }

    private String slot(String slot, boolean named) {
        Matcher range = RANGE.matcher(slot);
        if (range.matches()) {
            int least = Integer.parseInt(range.group(1));
            int most = Integer.parseInt(range.group(2));
            return Integer.toString(least + random.nextInt(most - least + 1));
        }
        if (slot.indexOf('|') >= 0) {
            return filled(pick(Grammar.alternatives(slot)), false);
        }
        Matcher name = NAME.matcher(slot);
        if (!name.matches()) {
            throw new IllegalArgumentException("This is no slot: {" + slot + "}");
        }
        List<String> values = grammar.list(name.group(1));
        if (!named) {
            return filled(pick(values), false);
        }
        String key = name.group(1) + name.group(2);
        String value = chosen.get(key);
        if (value == null) {
            value = another(name.group(1), values);
            chosen.put(key, value);
        }
        return name.group(3) == null ? value : value.substring(value.lastIndexOf(' ') + 1);
    }

    /** Returns a value that no other slot of the list has, as far as a few draws find one. */
    private String another(String list, List<String> values) {
        String value = filled(pick(values), false);
        for (int draws = 0; draws < 20 && isTaken(list, value); draws++) {
            value = filled(pick(values), false);
        }
        return value;
    }

    private boolean isTaken(String list, String value) {
        return chosen.entrySet().stream()
                .anyMatch(
                        other ->
                                other.getValue().equals(value)
                                        && other.getKey().matches(list + "\\d?"));
    }
}
