package dev.freshet.json;

/**
 * The cells of comma-separated values (RFC 4180) that a person may open in a spreadsheet.
 *
 * @see <a href="https://owasp.org/www-community/attacks/CSV_Injection">OWASP, CSV injection</a>
 */
public final class CsvCell {
    private static final String FORMULA = "=+-@\t\r\n＝＋－＠";

    private CsvCell() {}

    /**
     * Returns a text that a spreadsheet does not take as a formula: one that begins with {@code =},
     * {@code +}, {@code -}, {@code @}, the full-width form of one of them, a tab or a line break,
     * also behind white space and invisible characters, gets an apostrophe in front of it. Not for
     * numbers, which may be negative.
     */
    public static String guarded(String text) {
        int at = 0;
        while (at < text.length() && isSkipped(text.charAt(at)) && !isFormula(text, at)) {
            at++;
        }
        return isFormula(text, at) ? "'" + text : text;
    }

    private static boolean isFormula(String text, int at) {
        return at < text.length() && FORMULA.indexOf(text.charAt(at)) >= 0;
    }

    private static boolean isSkipped(char c) {
        return Character.isWhitespace(c)
                || Character.isSpaceChar(c)
                || Character.isISOControl(c)
                || Character.getType(c) == Character.FORMAT;
    }

    /** Returns a cell in quotation marks where it needs them. */
    public static String quoted(String cell) {
        boolean plain = cell.chars().noneMatch(c -> c == '"' || c == ',' || c == '\r' || c == '\n');
        return plain ? cell : '"' + cell.replace("\"", "\"\"") + '"';
    }
}
