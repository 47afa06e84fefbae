package dev.freshet.cli.imports.mapping;

import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.mapping.Mapping.EventPart;
import dev.freshet.cli.imports.mapping.Mapping.ItemPart;
import dev.freshet.cli.imports.mapping.Mapping.Layout;
import dev.freshet.cli.imports.mapping.Mapping.Part;
import dev.freshet.cli.imports.mapping.Mapping.UserPart;
import java.io.IOException;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.DateTimeException;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;

/** Reads a mapping from YAML and checks it. No object is made from tags of the file. */
public final class ImportMappingReader {
    /** Most characters of a mapping. */
    private static final int MAX_LENGTH = 100_000;

    private static final int MAX_DEPTH = 10;

    static final Set<String> CONTEXT =
            Set.of(
                    "device",
                    "os",
                    "browser",
                    "userAgent",
                    "locale",
                    "country",
                    "region",
                    "page",
                    "referrer",
                    "localHour");
    static final Set<String> ITEM_MEMBERS =
            Set.of("title", "text", "type", "group", "author", "publishedAt", "tags", "version");
    private static final Set<String> PURPOSES = Set.of("personalisation", "analytics");
    private static final Set<String> TIMES = Set.of("timeFormat", "zone");

    private final SourceReader sources;

    private ImportMappingReader(String file) {
        this.sources = new SourceReader(file);
    }

    /**
     * Reads a mapping.
     *
     * @throws CommandException if the file cannot be read or is no mapping; the message says where
     *     and why
     */
    public static Mapping read(Path file) {
        try {
            if (Files.size(file) > 4L * MAX_LENGTH) {
                throw new CommandException(file + " is too large for a mapping.");
            }
            return parse(String.valueOf(file.getFileName()), Files.readString(file));
        } catch (IOException e) {
            throw new CommandException("There is no readable mapping " + file + ".", e);
        }
    }

    /** Parses a mapping. */
    static Mapping parse(String file, String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(MAX_LENGTH);
        options.setNestingDepthLimit(MAX_DEPTH);
        try {
            Node root = compose(text, options);
            if (root == null) {
                throw new CommandException(file + " is empty.");
            }
            return new ImportMappingReader(file)
                    .mapping(new YamlSection(file, "A mapping", root), text);
        } catch (MarkedYAMLException malformed) {
            throw new CommandException(
                    "%s line %d, column %d: %s."
                            .formatted(
                                    file,
                                    malformed.getProblemMark().getLine() + 1,
                                    malformed.getProblemMark().getColumn() + 1,
                                    malformed.getProblem()),
                    malformed);
        } catch (YAMLException malformed) {
            throw new CommandException(file + " is not YAML: " + malformed.getMessage(), malformed);
        }
    }

    private static @Nullable Node compose(String text, LoaderOptions options) {
        try {
            return new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
        } catch (IllegalArgumentException malformed) { // for the tag !%f
            throw new YAMLException(malformed.getMessage(), malformed);
        }
    }

    private Mapping mapping(YamlSection root, String text) {
        root.allow(Set.of("format", "events", "items", "users"));
        Layout layout = layout(root);
        List<Part> parts = new ArrayList<>();
        root.section("items").ifPresent(section -> parts.add(item(section)));
        root.section("users").ifPresent(section -> parts.add(user(section)));
        root.section("events").ifPresent(section -> parts.add(event(section)));
        if (parts.isEmpty()) {
            throw new MappingException(
                    root.position(), "A mapping needs one of events, items and users.");
        }
        return new Mapping(layout, parts, hash(text));
    }

    private static Layout layout(YamlSection root) {
        Map<String, Layout> known = new TreeMap<>();
        for (Layout layout : Layout.values()) {
            known.put(layout.name().toLowerCase(Locale.ROOT), layout);
        }
        String format =
                root.text("format")
                        .orElseThrow(
                                () ->
                                        new MappingException(
                                                root.position(),
                                                "A mapping needs a format: csv, tsv, jsonl or parquet."));
        return Optional.ofNullable(known.get(format))
                .orElseThrow(
                        () ->
                                MappingException.unknown(
                                        root.position("format"),
                                        "There is no format",
                                        format,
                                        known.keySet()));
    }

    private EventPart event(YamlSection section) {
        section.allow(
                Set.of(
                        "user",
                        "anonymous",
                        "item",
                        "type",
                        "types",
                        "time",
                        "timeFormat",
                        "zone",
                        "id",
                        "session",
                        "value",
                        "currency",
                        "shown",
                        "placement",
                        "context",
                        "properties",
                        "consent"));
        if (section.node("user").isEmpty() && section.node("anonymous").isEmpty()) {
            throw new MappingException(section.position(), "Events need a user or an anonymous.");
        }
        Optional<Map<String, String>> types =
                section.section("types").map(ImportMappingReader::types);
        return new EventPart(
                sources.source(section, "user"),
                sources.source(section, "anonymous"),
                sources.source(section, "item"),
                sources.needed(section, "type"),
                types,
                types.map(table -> table.get("*")).orElse(null),
                sources.needed(section, "time"),
                timeRule(section),
                sources.source(section, "id"),
                sources.source(section, "session"),
                sources.source(section, "value"),
                sources.source(section, "currency"),
                sources.source(section, "shown"),
                sources.source(section, "placement"),
                sources.group(section, "context", Optional.of(CONTEXT)),
                sources.group(section, "properties", Optional.empty()),
                sources.group(section, "consent", Optional.of(PURPOSES)));
    }

    private static Map<String, String> types(YamlSection section) {
        Map<String, String> types = new LinkedHashMap<>();
        for (String name : section.names()) {
            String type = section.text(name).orElse("");
            if (!type.matches("[a-z][a-z0-9-]{0,63}")) {
                throw new MappingException(
                        section.position(name),
                        "'"
                                + type
                                + "' is no type of events: use one such as view, click, cart or purchase, or"
                                + " skip to leave such records out.");
            }
            types.put(name, type);
        }
        return types;
    }

    private ItemPart item(YamlSection section) {
        Set<String> known = new TreeSet<>(ITEM_MEMBERS);
        known.addAll(TIMES);
        known.addAll(Set.of("id", "attributes"));
        section.allow(known);
        Map<String, ValueSource> members = new LinkedHashMap<>();
        for (String name : section.names()) {
            ValueSource source = ITEM_MEMBERS.contains(name) ? sources.source(section, name) : null;
            if (source != null) {
                members.put(name, source);
            }
        }
        return new ItemPart(
                sources.needed(section, "id"),
                members,
                timeRule(section),
                sources.group(section, "attributes", Optional.empty()));
    }

    private UserPart user(YamlSection section) {
        section.allow(Set.of("id", "attributes", "consent"));
        return new UserPart(
                sources.needed(section, "id"),
                sources.group(section, "attributes", Optional.empty()),
                sources.group(section, "consent", Optional.of(PURPOSES)));
    }

    private static TimeRule timeRule(YamlSection section) {
        ZoneId zone;
        try {
            zone = ZoneId.of(section.text("zone").orElse("UTC"));
        } catch (DateTimeException unknown) {
            throw new MappingException(
                    section.position("zone"),
                    "A zone is a name such as Europe/Berlin, or an offset such as +02:00.");
        }
        String format = section.text("timeFormat").orElse("iso");
        try {
            return new TimeRule(format, zone);
        } catch (IllegalArgumentException malformed) {
            throw new MappingException(
                    section.position("timeFormat"),
                    "'"
                            + format
                            + "' is no form of a time: use epoch-seconds, epoch-millis, iso, or a pattern"
                            + " such as dd.MM.yyyy HH:mm.");
        }
    }

    private static String hash(String text) {
        try {
            byte[] hash =
                    MessageDigest.getInstance("SHA-256")
                            .digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash, 0, 16);
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java has SHA-256", e);
        }
    }
}
