package dev.freshet.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Templates of texts with slots, read from resource files.
 *
 * <p>A file has lists and, under headings, templates:
 *
 * <pre>
 * club: {town} Town | {town} United
 *
 * # cup
 * {club} knock {club2} out of the cup
 *   The winner was scored by {person} in the {12-89}th minute.
 * </pre>
 *
 * <p>A line that is not indented is a title, and indented lines below it are its text. {@code
 * {club}} is a value of the list, the same one wherever title and text name it; {@code {club2}} is
 * another one. {@code {3-9}} is a number and {@code {red|blue}} one of the words, chosen anew each
 * time, as are slots within values. Lines that begin with {@code //} are comments.
 *
 * @param lists values by name
 * @param templates templates by heading
 */
record Grammar(Map<String, List<String>> lists, Map<String, List<Template>> templates) {
    private static final Pattern LIST = Pattern.compile("([a-z]+): (.+)");

    /** A title and its text with slots. */
    record Template(String title, String text) {}

    /** Reads files of this package, those named first being overridden by later ones. */
    static Grammar read(String... files) {
        Map<String, List<String>> lists = new LinkedHashMap<>();
        Map<String, List<Template>> templates = new LinkedHashMap<>();
        for (String file : files) {
            Reader reader = new Reader(lists, templates);
            lines(file).forEach(reader::line);
            reader.end();
        }
        return new Grammar(lists, templates);
    }

    /**
     * Returns the templates under a heading.
     *
     * @throws IllegalArgumentException if there are none
     */
    List<Template> under(String heading) {
        List<Template> found = templates.get(heading);
        if (found == null) {
            throw new IllegalArgumentException("There are no templates under " + heading + ".");
        }
        return found;
    }

    /**
     * Returns the values of a list.
     *
     * @throws IllegalArgumentException if there is no such list
     */
    List<String> list(String name) {
        List<String> found = lists.get(name);
        if (found == null) {
            throw new IllegalArgumentException("There is no list " + name + ".");
        }
        return found;
    }

    /** Returns the lines of a file of this package. */
    static List<String> lines(String file) {
        try (InputStream in = Grammar.class.getResourceAsStream(file)) {
            String text =
                    new String(
                            Objects.requireNonNull(in, file).readAllBytes(),
                            StandardCharsets.UTF_8);
            return text.lines().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Splits at bars that are not within braces. */
    static List<String> alternatives(String text) {
        List<String> parts = new ArrayList<>();
        int depth = 0;
        int from = 0;
        for (int i = 0; i < text.length(); i++) {
            switch (text.charAt(i)) {
                case '{' -> depth++;
                case '}' -> depth--;
                case '|' -> {
                    if (depth == 0) {
                        parts.add(text.substring(from, i).strip());
                        from = i + 1;
                    }
                }
                default -> {}
            }
        }
        parts.add(text.substring(from).strip());
        return parts;
    }

    private static final class Reader {
        private final Map<String, List<String>> lists;
        private final Map<String, List<Template>> templates;
        private @Nullable String heading;
        private @Nullable String title;
        private final StringBuilder text = new StringBuilder();

        private Reader(Map<String, List<String>> lists, Map<String, List<Template>> templates) {
            this.lists = lists;
            this.templates = templates;
        }

        private void line(String line) {
            if (line.isBlank() || line.startsWith("//")) {
                return;
            }
            if (line.startsWith(" ")) {
                text.append(text.isEmpty() ? "" : " ").append(line.strip());
                return;
            }
            end();
            var list = LIST.matcher(line);
            if (line.startsWith("# ")) {
                heading = line.substring(2);
            } else if (heading == null && list.matches()) {
                lists.put(list.group(1), alternatives(list.group(2)));
            } else {
                title = line;
            }
        }

        private void end() {
            if (title != null) {
                templates
                        .computeIfAbsent(
                                Objects.requireNonNull(heading, title), _ -> new ArrayList<>())
                        .add(new Template(title, text.toString()));
            }
            title = null;
            text.setLength(0);
        }
    }

    /**
     * Filler of the slots of one text: what was chosen for a named slot stays for the whole text.
     */
    static final class StorySlots {
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
                out.append(template, at, open)
                        .append(slot(template.substring(open + 1, close), named));
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
}
