package dev.freshet.aws.dynamodb;

import java.util.List;
import java.util.Map;

/**
 * A part of a table that is read from its beginning to its end, at most 1 MB: half a read unit for
 * each 4 KB. A scan that goes on after the key of a page passes over no row that was there when the
 * scan began, and returns none twice.
 *
 * @param rows the values of the part
 * @param next the key after which the next part begins, by its attributes; empty at the end
 */
public record ScanPage<T>(List<T> rows, Map<String, String> next) {
    public ScanPage {
        rows = List.copyOf(rows);
        next = Map.copyOf(next);
    }
}
