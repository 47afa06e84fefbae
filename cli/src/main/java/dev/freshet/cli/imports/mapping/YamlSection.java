package dev.freshet.cli.imports.mapping;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;

/** The members of one map in a file of YAML, each with its position. */
final class YamlSection {
    private final String file;
    private final Position position;
    private final Map<String, Node> members = new LinkedHashMap<>();
    private final Map<String, Position> positions = new LinkedHashMap<>();

    /**
     * Creates a section.
     *
     * @param what what the map describes, for messages
     * @throws MappingException if the node is no map, or has a name that is no text or occurs twice
     */
    YamlSection(String file, String what, Node node) {
        this.file = file;
        this.position = at(file, node);
        if (!(node instanceof MappingNode map)) {
            throw new MappingException(position, what + " has to be a map of names and values.");
        }
        for (NodeTuple tuple : map.getValue()) {
            Position place = at(file, tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode name)) {
                throw new MappingException(place, "A name has to be a text.");
            }
            if (members.put(name.getValue(), tuple.getValueNode()) != null) {
                throw new MappingException(place, "'" + name.getValue() + "' occurs twice.");
            }
            positions.put(name.getValue(), place);
        }
    }

    static Position at(String file, Node node) {
        Mark mark = node.getStartMark();
        return new Position(file, mark.getLine() + 1, mark.getColumn() + 1);
    }

    /** Refuses members with other names. */
    YamlSection allow(Collection<String> known) {
        members.keySet()
                .forEach(
                        name -> {
                            if (!known.contains(name)) {
                                throw MappingException.unknown(
                                        position(name), "There is no setting", name, known);
                            }
                        });
        return this;
    }

    Position position() {
        return position;
    }

    Position position(String name) {
        return positions.getOrDefault(name, position);
    }

    Set<String> names() {
        return members.keySet();
    }

    Optional<Node> node(String name) {
        return Optional.ofNullable(members.get(name));
    }

    Optional<YamlSection> section(String name) {
        return node(name).map(node -> new YamlSection(file, "'" + name + "'", node));
    }

    Optional<String> text(String name) {
        return node(name).map(node -> scalar(name, node));
    }

    /** Returns a number or a default. */
    double number(String name, double otherwise) {
        return text(name)
                .map(
                        text -> {
                            try {
                                double number = Double.parseDouble(text);
                                if (Double.isFinite(number)) {
                                    return number;
                                }
                            } catch (NumberFormatException malformed) {
                                throw new MappingException(
                                        position(name), "'" + name + "' has to be a number.");
                            }
                            throw new MappingException(
                                    position(name), "'" + name + "' has to be a number.");
                        })
                .orElse(otherwise);
    }

    /** Returns the texts of a list, or the one text. */
    Optional<List<String>> texts(String name) {
        return node(name)
                .map(
                        node -> {
                            if (!(node instanceof SequenceNode list)) {
                                return List.of(scalar(name, node));
                            }
                            List<String> texts = new ArrayList<>();
                            list.getValue().forEach(entry -> texts.add(scalar(name, entry)));
                            return texts;
                        });
    }

    String scalar(String name, Node node) {
        if (node instanceof ScalarNode scalar) {
            return scalar.getValue();
        }
        throw new MappingException(at(file, node), "'" + name + "' has to be a text or a number.");
    }

    String file() {
        return file;
    }
}
