package dev.freshet.access;

import java.time.Instant;
import java.util.List;

/** Tokens of lists. */
public final class ExposureTokens {
    private ExposureTokens() {}

    /** Returns the token of a list whose items are not drawn. */
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

    /** Returns the token of a list of the place {@code home}, whose items are drawn. */
    public static ExposureToken home(
            String id, Instant issuedAt, List<ListArm> arms, ExposureToken.Shown... items) {
        return new ExposureToken(id, "home", arms, 7, issuedAt, List.of(items));
    }

    /** Returns a list as an event brings it. */
    public static SealedExposure sealed(ExposureToken list, Signer signer) {
        return SealedExposure.reopen(list.sign(signer)).orElseThrow();
    }
}
