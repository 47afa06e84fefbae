package dev.freshet.cli.imports.mapping;

import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import dev.freshet.cli.imports.mapping.Mapping.EventPart;
import dev.freshet.cli.imports.mapping.Mapping.ItemPart;
import dev.freshet.cli.imports.mapping.Mapping.Part;
import dev.freshet.cli.imports.mapping.Mapping.UserPart;
import java.util.ArrayList;
import java.util.List;

/** Converts lines by a mapping. */
public final class MappedParser implements LineParser {
    private final Mapping mapping;
    private final Records records;

    public MappedParser(Mapping mapping) {
        this.mapping = mapping;
        this.records = Records.of(mapping.layout());
    }

    @Override
    public String name() {
        return "mapping";
    }

    /**
     * Reads the names of the columns of a table.
     *
     * @throws MappingException if the mapping names a column that the table does not have
     */
    @Override
    public boolean isHeader(InputLine first) {
        if (!(records instanceof Records.Table table)) {
            return false;
        }
        List<String> columns = table.header(first.text());
        mapping.parts().stream()
                .flatMap(Part::sources)
                .forEach(
                        source -> {
                            if (source.from() != null && !columns.contains(source.from())) {
                                throw MappingException.unknown(
                                        source.position(),
                                        "The file has no column",
                                        source.from(),
                                        columns);
                            }
                        });
        return true;
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        try {
            Fields fields = records.fields(line.text());
            List<ImportEntry> entries = new ArrayList<>();
            for (Part part : mapping.parts()) {
                entries.add(
                        switch (part) {
                            case EventPart event -> new EventMaker(event).entry(line, fields);
                            case ItemPart item -> CatalogueMaker.item(item, line, fields);
                            case UserPart user -> CatalogueMaker.user(user, line, fields);
                        });
            }
            return entries;
        } catch (UnreadableRecordException unreadable) {
            return List.of(
                    new ImportEntry.Unreadable(line, String.valueOf(unreadable.getMessage())));
        }
    }
}
