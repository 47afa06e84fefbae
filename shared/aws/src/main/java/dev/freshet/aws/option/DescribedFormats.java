package dev.freshet.aws.option;

import dev.freshet.bytes.StoredFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The formats that the code of a release reads and writes, as a published version of a function
 * describes itself: so that functions go back only to code that reads what is written now.
 */
public final class DescribedFormats {
    private static final String BEGIN = "formats ";
    private static final Pattern FORMAT = Pattern.compile("(\\w+)=(\\d{1,4})/(\\d{1,4})");

    private DescribedFormats() {}

    /**
     * Returns the formats of this release as one line: {@code formats examples=1/1 delta=1/1}, the
     * version that is written and the newest that is read.
     */
    public static String ofThisRelease() {
        return Stream.of(StoredFormat.values())
                .map(
                        each ->
                                "%s=%d/%d"
                                        .formatted(
                                                each.name().toLowerCase(Locale.ROOT),
                                                each.written(),
                                                each.newestRead()))
                .collect(Collectors.joining(" ", BEGIN, ""));
    }

    /**
     * Returns why a release cannot read what another wrote, as parts of sentences; none if it can.
     *
     * @param reading what {@link #ofThisRelease} returned in the release that is to read; any other
     *     text says nothing of its formats, and is a reason
     * @param written likewise, of the release that wrote
     */
    public static List<String> unreadable(String reading, String written) {
        Map<String, MatchResult> reads = parsed(reading);
        Map<String, MatchResult> writes = parsed(written);
        if (reads.isEmpty() || writes.isEmpty()) {
            return List.of("a version does not say which formats it knows");
        }
        return writes.values().stream()
                .filter(of -> number(of, 2) > number(reads.get(of.group(1)), 3))
                .map(
                        of ->
                                "%s in version %d, of which it reads up to %d"
                                        .formatted(
                                                of.group(1),
                                                number(of, 2),
                                                number(reads.get(of.group(1)), 3)))
                .toList();
    }

    private static Map<String, MatchResult> parsed(String described) {
        return FORMAT.matcher(described.startsWith(BEGIN) ? described : "")
                .results()
                .collect(
                        Collectors.toMap(
                                of -> of.group(1), of -> of, (one, _) -> one, TreeMap::new));
    }

    private static int number(@Nullable MatchResult of, int group) {
        return of == null ? 0 : Integer.parseInt(of.group(group));
    }
}
