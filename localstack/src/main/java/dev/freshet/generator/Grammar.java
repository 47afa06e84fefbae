package dev.freshet.generator;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
}
