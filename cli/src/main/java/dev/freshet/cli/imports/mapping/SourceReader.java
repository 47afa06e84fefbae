package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.databind.node.TextNode;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;

/**
 * Reads where values come from: the name of a field alone, or a map with {@code from} or {@code
 * constant} and what is done to the value.
 *
 * @param file name of the mapping, for messages
 */
record SourceReader(String file) {
    /** Returns a source that has to be there. */
    ValueSource needed(YamlSection section, String name) {
        ValueSource source = source(section, name);
        if (source == null) {
            throw new MappingException(section.position(), "'" + name + "' is missing here.");
        }
        return source;
    }

    /** Returns the sources of a group by their names; empty where there is no group. */
    Map<String, ValueSource> group(YamlSection section, String name, Optional<Set<String>> known) {
        Map<String, ValueSource> sources = new LinkedHashMap<>();
        section.section(name)
                .ifPresent(
                        group -> {
                            known.ifPresent(group::allow);
                            for (String member : group.names()) {
                                ValueSource source = source(group, member);
                                if (source != null) {
                                    sources.put(member, source);
                                }
                            }
                        });
        return sources;
    }

    /** Returns a source; null where there is none. */
    @Nullable ValueSource source(YamlSection section, String name) {
        Node node = section.node(name).orElse(null);
        if (node == null) {
            return null;
        }
        Position position = YamlSection.at(file, node);
        if (!(node instanceof MappingNode)) {
            return new ValueSource(section.scalar(name, node), null, "", null, "|", 1, position);
        }
        YamlSection source =
                new YamlSection(file, "'" + name + "'", node)
                        .allow(
                                Set.of(
                                        "from",
                                        "constant",
                                        "default",
                                        "prefix",
                                        "as",
                                        "separator",
                                        "scale"));
        if (source.node("from").isPresent() == source.node("constant").isPresent()) {
            throw new MappingException(position, "'" + name + "' needs either from or constant.");
        }
        Optional<String> fallback = source.text("constant").or(() -> source.text("default"));
        return new ValueSource(
                source.text("from").orElse(null),
                fallback.map(TextNode::valueOf).orElse(null),
                source.text("prefix").orElse(""),
                source.text("as").map(as -> type(source, as)).orElse(null),
                source.text("separator").filter(text -> !text.isEmpty()).orElse("|"),
                source.number("scale", 1),
                position);
    }

    private static ValueSource.Type type(YamlSection source, String name) {
        Map<String, ValueSource.Type> known = new TreeMap<>();
        for (ValueSource.Type type : ValueSource.Type.values()) {
            known.put(type.name().toLowerCase(Locale.ROOT), type);
        }
        return Optional.ofNullable(known.get(name))
                .orElseThrow(
                        () ->
                                MappingException.unknown(
                                        source.position("as"),
                                        "There is no type of values",
                                        name,
                                        known.keySet()));
    }
}
