package dev.freshet.console;

import com.fasterxml.jackson.databind.JsonNode;
import com.google.errorprone.annotations.FormatMethod;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Lines of text for people. Numbers are written as in English, whatever the locale. */
public final class Text {
    private static final Pattern FIELD = Pattern.compile("\\{([^:{}]+)(?::([^} ]+)( %)?)?}");

    /** Marks, embeddings, overrides and isolates of Unicode's bidirectional algorithm (UAX 9). */
    private static final String DIRECTION =
            "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069";

    /** Most characters of a line of a list or a table, which a terminal shows whole. */
    public static final int WIDTH = 100;

    private final List<String> lines = new ArrayList<>();

    /** Adds a line by a format of {@link java.util.Formatter}. */
    @FormatMethod
    public Text add(String format, @Nullable Object... arguments) {
        lines.add(String.format(Locale.ROOT, format, arguments));
        return this;
    }

    /** Adds a line with values of an object, as {@link #filled} does. */
    public Text add(JsonNode json, String template) {
        lines.add(filled(json, template));
        return this;
    }

    /**
     * Returns a template with values of an object. {@code {name}} is the text of a member, and
     * {@code {name:,d}} the member by a format of {@link java.util.Formatter} without its percent
     * sign: of whole numbers for {@code d}, of real ones for {@code f} and {@code g}, and of a
     * share in percent for {@code .0f %}. A name that begins with a slash is a JSON pointer.
     */
    public static String filled(JsonNode json, String template) {
        return FIELD.matcher(template)
                .replaceAll(
                        field -> {
                            String name = field.group(1);
                            JsonNode value = name.startsWith("/") ? json.at(name) : json.path(name);
                            String format = Objects.requireNonNullElse(field.group(2), "s");
                            boolean share = field.group(3) != null;
                            return Matcher.quoteReplacement(formatted(value, "%" + format, share));
                        });
    }

    private static String formatted(JsonNode value, String format, boolean share) {
        return switch (format.charAt(format.length() - 1)) {
            case 'd' -> String.format(Locale.ROOT, format, value.asLong());
            case 's' -> String.format(Locale.ROOT, format, value.asText(""));
            default ->
                    share
                            ? String.format(Locale.ROOT, format, 100 * value.asDouble()) + " %"
                            : String.format(Locale.ROOT, format, value.asDouble());
        };
    }

    /**
     * Adds rows, a line each, whose columns are as wide as their widest cells and two spaces apart.
     *
     * @param words how many columns from the left are of words; the others, of numbers, are aligned
     *     on the right
     */
    public Text addTable(List<List<String>> rows, int words) {
        for (List<String> row : rows) {
            StringBuilder line = new StringBuilder();
            for (int column = 0; column < row.size(); column++) {
                int at = column;
                int width = rows.stream().mapToInt(each -> each.get(at).length()).max().orElse(0);
                String space = " ".repeat(width - row.get(at).length());
                line.append(at < words ? row.get(at) + space : space + row.get(at)).append("  ");
            }
            lines.add(line.toString().stripTrailing());
        }
        return this;
    }

    /**
     * Adds parts, separated by commas, on lines of at most {@value #WIDTH} characters where parts
     * allow it; nothing where there are no parts.
     *
     * @param margin begins each line
     * @param lead stands before the first part
     */
    public Text addWrapped(String margin, String lead, List<String> parts) {
        String line = margin + lead;
        for (int at = 0; at < parts.size(); at++) {
            String part = parts.get(at) + (at < parts.size() - 1 ? "," : "");
            if (!line.isBlank() && line.length() + part.length() > WIDTH) {
                lines.add(line.stripTrailing());
                line = margin;
            }
            line += part + " ";
        }
        if (!parts.isEmpty()) {
            lines.add(line.stripTrailing());
        }
        return this;
    }

    /** Returns a text of at most so many characters, whose end is left out where it is longer. */
    public static String cut(String text, int most) {
        return text.length() <= most ? text : text.substring(0, most - 1) + "…";
    }

    /** Returns the values of a list, or of a member of each of its objects, as text. */
    public static List<String> texts(JsonNode list, String member) {
        return list.valueStream()
                .map(each -> (member.isEmpty() ? each : each.path(member)).asText())
                .toList();
    }

    /**
     * Returns a text that a terminal shows as it is: control characters other than line breaks and
     * tabs, and those that change the direction of what follows, are written as in JSON, {@code
     * \\u202e}. Texts come from catalogues and requests, and could hide or forge lines.
     */
    public static String printable(String text) {
        StringBuilder shown = new StringBuilder(text.length());
        text.chars()
                .forEach(
                        c -> {
                            if (isDangerous((char) c)) {
                                shown.append(String.format(Locale.ROOT, "\\u%04x", c));
                            } else {
                                shown.append((char) c);
                            }
                        });
        return shown.toString();
    }

    private static boolean isDangerous(char c) {
        return (Character.isISOControl(c) && c != '\n' && c != '\t') || DIRECTION.indexOf(c) >= 0;
    }

    /** Returns whether no line was added. */
    public boolean isEmpty() {
        return lines.isEmpty();
    }

    /** Returns the lines, without an end of the last one. */
    @Override
    public String toString() {
        return String.join(System.lineSeparator(), lines);
    }
}
