package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.freshet.cli.imports.mapping.Mapping.Layout;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * A first mapping for a file, by the names of its columns and the values of its first records. It
 * is to be read and corrected by a person.
 */
final class Suggestion {
    private static final int MAX_TYPES = 30;
    private static final List<String> EVENT_MEMBERS =
            List.of("user", "anonymous", "item", "id", "session", "value", "currency");
    private static final List<String> ITEM_MEMBERS =
            List.of("title", "text", "tags", "author", "publishedAt");

    private final List<String> columns;
    private final List<Fields> records;
    private final Set<String> used = new LinkedHashSet<>();
    private final StringBuilder text = new StringBuilder();

    private Suggestion(List<String> columns, List<Fields> records) {
        this.columns = columns;
        this.records = records;
    }

    /**
     * Returns a mapping in YAML.
     *
     * @param columns names of the columns, or paths of the members
     * @param records the first records
     */
    static String of(String file, Layout layout, List<String> columns, List<Fields> records) {
        Suggestion suggestion = new Suggestion(columns, records);
        suggestion.line(
                "# A first mapping for %s: read it, correct it, and check it by".formatted(file));
        suggestion.line("#   freshet import --mapping THIS-FILE %s --dry-run".formatted(file));
        suggestion.line("format: " + layout.name().toLowerCase(Locale.ROOT));
        boolean user = suggestion.has("user") || suggestion.has("anonymous");
        if (user && (suggestion.has("item") || suggestion.has("time"))) {
            suggestion.events();
        } else if (user && !suggestion.has("title")) {
            suggestion.users();
        } else {
            suggestion.items();
        }
        List<String> unused =
                columns.stream().filter(column -> !suggestion.used.contains(column)).toList();
        if (!unused.isEmpty()) {
            suggestion.line("# Not used: " + String.join(", ", unused).replace('\n', ' '));
        }
        return suggestion.text.toString();
    }

    private boolean has(String member) {
        return KnownNames.column(member, columns).isPresent();
    }

    private void events() {
        line("events:");
        for (String member : EVENT_MEMBERS) {
            take(member);
        }
        Optional<String> type = take("type");
        if (type.isEmpty()) {
            boolean rated =
                    KnownNames.column("value", columns).filter(Suggestion::isStars).isPresent();
            line("  type: {constant: %s}".formatted(rated ? "rating" : "view"));
        } else {
            types(type.get());
        }
        take("time").ifPresentOrElse(this::timeFormat, () -> line("  time: \"?\" # which column?"));
    }

    private static boolean isStars(String column) {
        String name = column.toLowerCase(Locale.ROOT);
        return name.contains("rating") || name.contains("star");
    }

    private void types(String column) {
        Set<String> values = new TreeSet<>();
        for (Fields each : records) {
            each.find(column).ifPresent(value -> values.add(value.asText().strip()));
        }
        line("  types:");
        values.stream()
                .limit(MAX_TYPES)
                .forEach(
                        value ->
                                line(
                                        "    %s: %s"
                                                .formatted(
                                                        quoted(value),
                                                        KnownNames.type(value)
                                                                .orElse(
                                                                        "skip # or a type of"
                                                                                + " Freshet"))));
        line("    \"*\": skip # every other type");
    }

    private void timeFormat(String column) {
        List<JsonNode> values =
                records.stream().map(each -> each.find(column)).flatMap(Optional::stream).toList();
        line(
                TimeForms.of(values)
                        .map(form -> "  timeFormat: " + quoted(form))
                        .orElse(
                                "  timeFormat: iso # not recognised: give a pattern such as dd.MM.yyyy HH:mm"));
    }

    private void items() {
        line("items:");
        String id =
                KnownNames.column("item", columns)
                        .or(
                                () ->
                                        columns.stream()
                                                .filter(each -> each.equalsIgnoreCase("id"))
                                                .findFirst())
                        .or(() -> columns.stream().findFirst())
                        .orElse("?");
        used.add(id);
        line("  id: " + quoted(id));
        for (String member : ITEM_MEMBERS) {
            take(member).filter(_ -> member.equals("publishedAt")).ifPresent(this::timeFormat);
        }
        attributes();
    }

    private void users() {
        line("users:");
        KnownNames.column("user", columns)
                .or(() -> KnownNames.column("anonymous", columns))
                .ifPresent(
                        id -> {
                            used.add(id);
                            line("  id: " + quoted(id));
                        });
        attributes();
    }

    private void attributes() {
        List<String> left = columns.stream().filter(column -> !used.contains(column)).toList();
        if (left.isEmpty()) {
            return;
        }
        line("  attributes: # leave out what a recommender need not know");
        for (String column : left) {
            used.add(column);
            String name = column.substring(column.lastIndexOf('.') + 1);
            line(
                    "    %s: %s"
                            .formatted(
                                    quoted(name),
                                    isNumber(column)
                                            ? "{from: %s, as: number}".formatted(quoted(column))
                                            : quoted(column)));
        }
    }

    private boolean isNumber(String column) {
        List<JsonNode> values =
                records.stream().map(each -> each.find(column)).flatMap(Optional::stream).toList();
        return !values.isEmpty()
                && values.stream()
                        .allMatch(
                                value ->
                                        value.isTextual()
                                                && value.textValue()
                                                        .strip()
                                                        .matches("-?[0-9]{1,15}([.][0-9]{1,15})?"));
    }

    private Optional<String> take(String member) {
        Optional<String> column =
                KnownNames.column(
                        member, columns.stream().filter(each -> !used.contains(each)).toList());
        column.ifPresent(
                name -> {
                    used.add(name);
                    line("  %s: %s".formatted(member, quoted(name)));
                });
        return column;
    }

    private void line(String line) {
        text.append(line).append('\n');
    }

    /** Returns a text as it is, or in quotes where YAML needs them. */
    private static String quoted(String value) {
        return value.matches("[A-Za-z_][A-Za-z0-9_.-]*")
                ? value
                : TextNode.valueOf(value).toString();
    }

    /**
     * Returns the paths of the members of records that are not objects, in the order of the first.
     */
    static List<String> paths(List<Fields> records) {
        Set<String> paths = new LinkedHashSet<>();
        records.forEach(each -> addPaths(each.json(), "", paths));
        return new ArrayList<>(paths);
    }

    private static void addPaths(JsonNode json, String prefix, Set<String> paths) {
        if (paths.size() >= Records.Table.MAX_COLUMNS) {
            return;
        }
        for (var member : json.properties()) {
            if (member.getValue().isObject()) {
                addPaths(member.getValue(), prefix + member.getKey() + ".", paths);
            } else {
                paths.add(prefix + member.getKey());
            }
        }
    }
}
