package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import dev.freshet.cli.imports.Format.UnreadableRowException;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;

/** Splits lines that have a fixed number of columns, quoted where they contain the separator. */
final class Columns {
    private final ObjectReader reader;
    private final int count;

    Columns(char separator, int count) {
        CsvMapper mapper = CsvMapper.builder().enable(CsvParser.Feature.WRAP_AS_ARRAY).build();
        this.reader =
                mapper.readerFor(String[].class)
                        .with(CsvSchema.emptySchema().withColumnSeparator(separator));
        this.count = count;
    }

    String[] of(String line) {
        try (MappingIterator<String[]> rows = reader.readValues(line)) {
            String[] columns = rows.hasNextValue() ? rows.nextValue() : new String[0];
            if (columns.length != count) {
                throw new UnreadableRowException(
                        "The line has " + columns.length + " columns instead of " + count + ".");
            }
            return columns;
        } catch (IOException e) {
            throw new UnreadableRowException("The quotes of the line do not match.", e);
        }
    }

    /** Returns the time of a whole number of seconds since 1970. */
    static Instant time(String seconds) {
        try {
            return Instant.ofEpochSecond(Long.parseLong(seconds.strip()));
        } catch (NumberFormatException | DateTimeException e) {
            throw new UnreadableRowException(
                    "The time '" + seconds + "' is not a number of seconds.", e);
        }
    }
}
