package dev.freshet.access;

import java.time.Instant;
import java.util.List;

/** Tokens of lists whose items are not drawn. */
public final class ExposureTokens {
    private ExposureTokens() {}

    public static ExposureToken list(
            String id, String placement, Instant issuedAt, List<String> itemIds) {
        return page(id, placement, issuedAt, 0, itemIds);
    }

    /** Returns the token of a page that begins at this position of its list. */
    public static ExposureToken page(
            String id, String placement, Instant issuedAt, int first, List<String> itemIds) {
        List<ExposureToken.Shown> items =
                itemIds.stream().map(item -> new ExposureToken.Shown(item, 1, 1)).toList();
        return new ExposureToken(
                id, null, placement, List.of(), List.of(), null, 7, issuedAt, first, items);
    }
}
