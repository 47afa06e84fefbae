package dev.freshet.cli.imports.mapping;

import dev.freshet.cli.imports.input.Input;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the records of a file say.
 *
 * @param layout how records are written
 * @param parts what each record says, at least one
 * @param hash hash of the text of the mapping
 */
public record Mapping(Layout layout, List<Part> parts, String hash) {
    /** How records are written. */
    enum Layout {
        CSV,
        TSV,
        JSONL,
        PARQUET
    }

    /** One thing that a record says. */
    sealed interface Part permits EventPart, ItemPart, UserPart {
        /** Returns the sources that it reads. */
        Stream<ValueSource> sources();
    }

    /**
     * An event.
     *
     * @param types Freshet's type by the type of the file; {@code skip} leaves the record out
     * @param defaultType the type of records whose type is not in the table; null refuses them
     */
    record EventPart(
            @Nullable ValueSource user,
            @Nullable ValueSource anonymous,
            @Nullable ValueSource item,
            ValueSource type,
            Optional<Map<String, String>> types,
            @Nullable String defaultType,
            ValueSource time,
            TimeRule timeRule,
            @Nullable ValueSource id,
            @Nullable ValueSource session,
            @Nullable ValueSource value,
            @Nullable ValueSource currency,
            @Nullable ValueSource shown,
            @Nullable ValueSource placement,
            Map<String, ValueSource> context,
            Map<String, ValueSource> properties,
            Map<String, ValueSource> consent)
            implements Part {
        @Override
        public Stream<ValueSource> sources() {
            return all(
                    List.of(context, properties, consent),
                    user,
                    anonymous,
                    item,
                    type,
                    time,
                    id,
                    session,
                    value,
                    currency,
                    shown,
                    placement);
        }
    }

    /**
     * An item.
     *
     * @param members sources of its members by their names in the API
     * @param timeRule how {@code publishedAt} is written
     */
    record ItemPart(
            ValueSource id,
            Map<String, ValueSource> members,
            TimeRule timeRule,
            Map<String, ValueSource> attributes)
            implements Part {
        @Override
        public Stream<ValueSource> sources() {
            return all(List.of(members, attributes), id);
        }
    }

    /** A user. */
    record UserPart(
            ValueSource id, Map<String, ValueSource> attributes, Map<String, ValueSource> consent)
            implements Part {
        @Override
        public Stream<ValueSource> sources() {
            return all(List.of(attributes, consent), id);
        }
    }

    public Mapping {
        parts = List.copyOf(parts);
    }

    /**
     * Opens a file of this layout.
     *
     * @throws IOException if it cannot be read
     */
    public Input open(Path file) throws IOException {
        return switch (layout) {
            case CSV, TSV -> Input.table(file);
            case JSONL -> Input.text(file);
            case PARQUET -> parquet(file);
        };
    }

    /** Opens a file of Parquet, whose columns are those of the mapping or have them within. */
    private Input parquet(Path file) throws IOException {
        List<String> columns = Input.parquetColumns(file);
        for (ValueSource source : parts.stream().flatMap(Part::sources).toList()) {
            String from = source.from();
            if (from != null
                    && !columns.contains(from)
                    && !columns.contains(from.split("[.\\[]", 2)[0])) {
                throw MappingException.unknown(
                        source.position(), "The file has no column", from, columns);
            }
        }
        return Input.parquet(file);
    }

    private static Stream<ValueSource> all(
            List<Map<String, ValueSource>> groups, @Nullable ValueSource... single) {
        List<ValueSource> sources = new ArrayList<>();
        for (ValueSource source : single) {
            if (source != null) {
                sources.add(source);
            }
        }
        groups.forEach(group -> sources.addAll(group.values()));
        return sources.stream();
    }
}
