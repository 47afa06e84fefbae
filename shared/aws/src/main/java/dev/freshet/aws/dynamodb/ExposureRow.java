package dev.freshet.aws.dynamodb;

import dev.freshet.aws.row.EventKey;
import dev.freshet.aws.row.TableKeys;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.experiment.enrolment.ListArm;
import dev.freshet.features.ExposureOutcome;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of Exposures: keys; {@code b} the list as bytes, ≈ 15 B and placement and arms, and for
 * each place its item's id and 8 B; {@code o} owner; {@code f} the first owner where another one
 * took over; {@code e} the outcomes, a set of texts, which is added to without reading the row;
 * {@code rx} receipt of the first event (epoch milliseconds).
 */
final class ExposureRow {
    static final String LIST = "b";
    static final String OWNER = "o";
    static final String FIRST = "f";
    static final String OUTCOMES = "e";
    static final String RECEIVED_AT = "rx";

    private static final int FORMAT = 1;
    private static final int MAX_TEXT_BYTES = 1 << 10;
    private static final int SEEN = 1;
    private static final int SOURCE_BITS = 16;

    private ExposureRow() {}

    static Map<String, AttributeValue> key(String userId, Instant issuedAt, String listId) {
        return Map.of(
                TableKeys.USER_ID, AttributeValue.fromS(userId),
                TableKeys.LIST_KEY,
                        AttributeValue.fromS(new EventKey(issuedAt, listId).toString()));
    }

    static StoredExposure value(Map<String, AttributeValue> row) {
        EventKey key = EventKey.parse(text(row, TableKeys.LIST_KEY));
        AttributeValue list = row.get(LIST);
        AttributeValue outcomes = row.get(OUTCOMES);
        ShardPosition owner = position(row.get(OWNER));
        ShardPosition first = position(row.get(FIRST));
        return new StoredExposure(
                text(row, TableKeys.USER_ID),
                key.occurredAt(),
                key.eventId(),
                list == null ? null : list(list.b().asByteArray()),
                owner,
                first == null ? owner : first,
                Instant.ofEpochMilli(number(row, RECEIVED_AT)),
                outcomes == null
                        ? List.of()
                        : outcomes.ss().stream().map(ExposureOutcome::parse).toList());
    }

    static long expiresAt(Map<String, AttributeValue> row) {
        return number(row, TableKeys.EXPIRES_AT);
    }

    static SdkBytes bytes(ShownList list) {
        ByteSink out = new ByteSink(64 + 32 * list.places().size());
        out.put(FORMAT);
        out.text(list.placement());
        out.varint(list.arms().size());
        for (ListArm arm : list.arms()) {
            out.text(arm.experiment());
            out.text(arm.salt());
            out.text(arm.arm());
        }
        out.varint(list.modelVersion());
        out.varint(list.places().size());
        for (ShownList.Place place : list.places()) {
            out.text(place.itemId());
            out.float32(place.propensity());
            out.varint((long) place.sources() << 1 | (place.seen() ? SEEN : 0));
        }
        return SdkBytes.fromByteArray(out.toBytes());
    }

    private static ShownList list(byte[] bytes) {
        ByteSource in = new ByteSource(bytes);
        if (in.get() != FORMAT) {
            throw new MalformedBytesException("a list shown in an unknown format");
        }
        String placement = in.text(MAX_TEXT_BYTES);
        List<ListArm> arms = new ArrayList<>();
        for (int left = in.count(ListArm.MAX, 3); left > 0; left--) {
            arms.add(
                    new ListArm(
                            in.text(MAX_TEXT_BYTES),
                            in.text(MAX_TEXT_BYTES),
                            in.text(MAX_TEXT_BYTES)));
        }
        long version = in.varint();
        List<ShownList.Place> places = new ArrayList<>();
        for (int left = in.count(Event.Impression.MAX_ITEMS, 6); left > 0; left--) {
            String itemId = in.text(MAX_TEXT_BYTES);
            float propensity = in.float32();
            int bits = in.upTo((1 << (SOURCE_BITS + 1)) - 1);
            places.add(new ShownList.Place(itemId, propensity, bits >>> 1, (bits & SEEN) == SEEN));
        }
        in.end();
        return new ShownList(placement, arms, version, places);
    }

    private static @Nullable ShardPosition position(@Nullable AttributeValue value) {
        return value == null ? null : ShardPosition.parse(value.s());
    }

    private static String text(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        return value == null ? "" : value.s();
    }

    private static long number(Map<String, AttributeValue> row, String name) {
        AttributeValue value = row.get(name);
        return value == null ? 0 : Long.parseLong(value.n());
    }
}
