package dev.freshet.local.lake;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Rows of a query as lines of text, with fractions to a number of digits. */
final class ResultLines {
    private ResultLines() {}

    /** Reads all rows; each is a line, its values with a text between them. */
    static List<String> read(ResultSet result, int digits, String between) throws SQLException {
        String fraction = "%." + digits + "f";
        List<String> lines = new ArrayList<>();
        while (result.next()) {
            List<String> values = new ArrayList<>();
            for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                Object value = result.getObject(i);
                values.add(
                        value instanceof Double real
                                ? String.format(Locale.ROOT, fraction, real)
                                : String.valueOf(value));
            }
            lines.add(String.join(between, values));
        }
        return lines;
    }
}
