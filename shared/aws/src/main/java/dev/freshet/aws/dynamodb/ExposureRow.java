package dev.freshet.aws.dynamodb;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.EventKey;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/**
 * A row of Exposures: keys; {@code b} the list as bytes, ≈ 15 B and placement, arms, shadows and
 * segment, and for each place its item's id, 9 B, and 2 B for each shadow; {@code o} owner; {@code
 * f} the first owner where another one took over; {@code e} the outcomes, a set of texts, which is
 * added to without reading the row; {@code rx} receipt of the first event (epoch milliseconds).
 */
final class ExposureRow {
    static final String LIST = "b";
    static final String OWNER = "o";
    static final String FIRST = "f";
    static final String OUTCOMES = "e";
    static final String RECEIVED_AT = "rx";

    private static final int FORMAT = 2;
    private static final int MAX_TEXT_BYTES = 1 << 10;
    private static final int SEEN = 1;
    private static final int DRAWN = 2;
    private static final int NEWCOMER = 4;
    private static final int WITH_RATIOS = 8;
    private static final int FLAG_BITS = 4;
    private static final int SOURCE_BITS = 16;

    private static final Form<String> TEXT = Form.text(MAX_TEXT_BYTES);

    private static final Form<ListArm> ARM =
            fields ->
                    new ListArm(
                            fields.part(TEXT, ListArm::experiment),
                            fields.part(TEXT, ListArm::salt),
                            fields.part(TEXT, ListArm::arm));

    private static final Form<ShownList> SHOWN_LIST =
            fields -> {
                String placement = fields.part(TEXT, ShownList::placement);
                List<ListArm> arms = fields.list(ListArm.MAX, ARM, ShownList::arms);
                List<ListArm> shadows =
                        fields.list(ExposureToken.MAX_SHADOWS, ARM, ShownList::shadows);
                String segment =
                        fields.part(TEXT, list -> Objects.requireNonNullElse(list.segment(), ""));
                return new ShownList(
                        placement,
                        arms,
                        shadows,
                        segment.isEmpty() ? null : segment,
                        fields.varint(ShownList::modelVersion),
                        fields.list(
                                Event.Impression.MAX_ITEMS,
                                place(shadows.size()),
                                ShownList::places));
            };

    /** Returns the form of places of a list with so many shadows. */
    private static Form<ShownList.Place> place(int shadows) {
        return fields -> {
            String itemId = fields.part(TEXT, ShownList.Place::itemId);
            float propensity = fields.float32(ShownList.Place::propensity);
            int bits = fields.upTo((1 << (SOURCE_BITS + FLAG_BITS)) - 1, ExposureRow::bits);
            List<Float> ratios = new ArrayList<>();
            for (int at = 0; at < ((bits & WITH_RATIOS) == 0 ? 0 : shadows); at++) {
                int shadow = at;
                int half =
                        fields.fixed16(
                                place -> Float.floatToFloat16(place.logRatios().get(shadow)));
                ratios.add(Float.float16ToFloat((short) half));
            }
            return new ShownList.Place(
                    itemId,
                    propensity,
                    bits >>> FLAG_BITS,
                    (bits & SEEN) != 0,
                    (bits & DRAWN) != 0,
                    (bits & NEWCOMER) != 0,
                    ratios);
        };
    }

    private static int bits(ShownList.Place place) {
        return place.sources() << FLAG_BITS
                | (place.seen() ? SEEN : 0)
                | (place.drawn() ? DRAWN : 0)
                | (place.newcomer() ? NEWCOMER : 0)
                | (place.logRatios().isEmpty() ? 0 : WITH_RATIOS);
    }

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
        SHOWN_LIST.write(list, out);
        return SdkBytes.fromByteArrayUnsafe(out.toBytes());
    }

    private static ShownList list(byte[] bytes) {
        ByteSource in = new ByteSource(bytes);
        MalformedBytesException.unless(in.get() == FORMAT, "a list shown in an unknown format");
        ShownList list = SHOWN_LIST.read(in);
        in.end();
        return list;
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
