package dev.freshet.aws.dynamodb;

import dev.freshet.access.AccessKey;
import dev.freshet.catalog.Item;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.UserProfile;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Normalisation of values to the form in which rows store them, applied by every adapter before a
 * value is written or a key is derived from it. Times are truncated to milliseconds. URLs of pages
 * are removed, since they are long and may carry personal data; the stream's record still has them.
 */
public final class RowForm {
    private RowForm() {}

    /** Truncates a time to milliseconds. */
    public static Instant of(Instant time) {
        return time.truncatedTo(ChronoUnit.MILLIS);
    }

    private static @Nullable Instant ofNullable(@Nullable Instant time) {
        return time == null ? null : of(time);
    }

    /** Normalises an interaction: its times, and its context without the URLs of pages. */
    public static StoredInteraction of(StoredInteraction row) {
        return new StoredInteraction(
                row.userId(),
                row.eventId(),
                new EventTimes(of(row.occurredAt()), of(row.correctedAt()), of(row.receivedAt())),
                row.act(),
                row.sessionId(),
                row.context().stored(),
                row.owner(),
                row.credit(),
                row.properties());
    }

    /** Normalises the times of a list shown. */
    public static StoredExposure of(StoredExposure row) {
        return new StoredExposure(
                row.userId(),
                of(row.issuedAt()),
                row.listId(),
                row.list(),
                row.owner(),
                row.first(),
                of(row.receivedAt()),
                row.outcomes());
    }

    /** Normalises the times at which items were shown to a user. */
    public static UserProfile of(UserProfile profile) {
        Map<String, UserProfile.Shown> shown = new TreeMap<>();
        profile.shown()
                .forEach(
                        (item, times) ->
                                shown.put(
                                        item,
                                        new UserProfile.Shown(
                                                times.count(),
                                                of(times.since()),
                                                of(times.last()))));
        return profile.with(
                new UserProfile.ShownItems(
                        shown, profile.shownMark(), ofNullable(profile.shownSince())));
    }

    /** Normalises the times of an access key. */
    public static AccessKey of(AccessKey key) {
        return new AccessKey(
                key.keyId(),
                key.kind(),
                key.name(),
                key.proof(),
                key.origins(),
                key.usageKey(),
                of(key.createdAt()),
                ofNullable(key.expiresAt()),
                ofNullable(key.revokedAt()),
                key.revision());
    }

    /** Normalises the publication time and the availability of an item. */
    public static Item of(Item item) {
        List<Item.Availability> availability = new ArrayList<>();
        for (Item.Availability window : item.availability()) {
            availability.add(
                    new Item.Availability(
                            window.regions(),
                            ofNullable(window.from()),
                            ofNullable(window.until())));
        }
        return new Item(
                item.itemId(),
                item.version(),
                item.deleted(),
                new Item.Content(
                        item.type(),
                        item.group(),
                        item.title(),
                        item.text(),
                        item.tags(),
                        item.author(),
                        ofNullable(item.publishedAt()),
                        item.attributes()),
                availability,
                item.repeat(),
                item.embedding());
    }
}
