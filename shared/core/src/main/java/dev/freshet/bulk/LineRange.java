package dev.freshet.bulk;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The lines of a file of users that one object of lists answers. Lines within the range that have
 * no list in the object were refused before, or are in another object.
 *
 * @param first number of the first line, from 1
 * @param last number of the last line
 */
public record LineRange(long first, long last) {
    private static final Pattern NAME = Pattern.compile("([0-9]{10})-([0-9]{10})\\.jsonl\\.gz");

    public LineRange {
        if (first < 1 || last < first) {
            throw new IllegalArgumentException("a range of lines begins at 1 or later");
        }
    }

    /** Returns the range of {@link #fileName}; empty for another name. */
    public static Optional<LineRange> parse(String fileName) {
        Matcher name = NAME.matcher(fileName);
        return name.matches()
                ? Optional.of(
                        new LineRange(Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                : Optional.empty();
    }

    /** Returns the name of the file with these lists; names sort as the lines do. */
    public String fileName() {
        return String.format(Locale.ROOT, "%010d-%010d.jsonl.gz", first, last);
    }

    /** Returns whether a line is within the range. */
    public boolean contains(long line) {
        return line >= first && line <= last;
    }
}
