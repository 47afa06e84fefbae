package dev.freshet.cli.imports.mapping;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.imports.mapping.Mapping.Layout;
import java.io.IOException;
import java.util.List;

/** Splits the lines of a file into fields. */
sealed interface Records {
    /** Returns the records of a layout; a table takes the names of its columns from line 1. */
    static Records of(Layout layout) {
        return switch (layout) {
            case CSV -> new Table(',');
            case TSV -> new Table('\t');
            case JSONL, PARQUET -> new Objects();
        };
    }

    /** Returns the fields of a line. */
    Fields fields(String line) throws UnreadableRecordException;

    /** A table whose first line names the columns. */
    final class Table implements Records {
        /** Most columns of a table. */
        static final int MAX_COLUMNS = 2_000;

        private final ObjectReader reader;
        private List<String> columns = List.of();

        Table(char separator) {
            this.reader =
                    CsvMapper.builder()
                            .enable(CsvParser.Feature.WRAP_AS_ARRAY)
                            .build()
                            .readerFor(String[].class)
                            .with(CsvSchema.emptySchema().withColumnSeparator(separator));
        }

        /** Reads the names of the columns. */
        List<String> header(String line) {
            try {
                columns = List.of(cells(line));
            } catch (UnreadableRecordException malformed) {
                throw new CommandException(
                        "Line 1, which names the columns, cannot be read: "
                                + malformed.getMessage(),
                        malformed);
            }
            if (columns.size() > MAX_COLUMNS) {
                throw new CommandException("A table has at most " + MAX_COLUMNS + " columns.");
            }
            return columns;
        }

        @Override
        public Fields fields(String line) throws UnreadableRecordException {
            String[] cells = cells(line);
            if (cells.length != columns.size()) {
                throw new UnreadableRecordException(
                        "The line has %d columns instead of %d."
                                .formatted(cells.length, columns.size()));
            }
            ObjectNode record = Objects.JSON.createObjectNode();
            for (int i = 0; i < cells.length; i++) {
                record.put(columns.get(i), cells[i]);
            }
            return new Fields(record);
        }

        private String[] cells(String line) throws UnreadableRecordException {
            try (MappingIterator<String[]> rows = reader.readValues(line)) {
                return rows.hasNext() ? rows.next() : new String[0];
            } catch (IOException | RuntimeException e) {
                throw new UnreadableRecordException("The quotes of the line do not match.");
            }
        }
    }

    /** One JSON object on each line. */
    final class Objects implements Records {
        static final ObjectMapper JSON =
                new ObjectMapper(
                                JsonFactory.builder()
                                        .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                                        .build())
                        .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
                        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

        @Override
        public Fields fields(String line) throws UnreadableRecordException {
            JsonNode json;
            try {
                json = JSON.readTree(line);
            } catch (JsonProcessingException malformed) {
                throw new UnreadableRecordException(
                        "The line is not JSON: " + malformed.getOriginalMessage());
            }
            if (!json.isObject()) {
                throw new UnreadableRecordException("The line is not a JSON object.");
            }
            return new Fields(json);
        }
    }
}
