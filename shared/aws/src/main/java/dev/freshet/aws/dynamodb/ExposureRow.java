package dev.freshet.aws.dynamodb;

import dev.freshet.access.ExposureToken;
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

    private static final int WITHOUT_SEGMENT = 1;
    private static final int FORMAT = 2;
    private static final int MAX_TEXT_BYTES = 1 << 10;
    private static final int SEEN = 1;
    private static final int DRAWN = 2;
    private static final int NEWCOMER = 4;
    private static final int WITH_RATIOS = 8;
    private static final int FLAG_BITS = 4;
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
        write(list.arms(), out);
        write(list.shadows(), out);
        out.text(Objects.requireNonNullElse(list.segment(), ""));
        out.varint(list.modelVersion());
        out.varint(list.places().size());
        for (ShownList.Place place : list.places()) {
            out.text(place.itemId());
            out.float32(place.propensity());
            int flags =
                    (place.seen() ? SEEN : 0)
                            | (place.drawn() ? DRAWN : 0)
                            | (place.newcomer() ? NEWCOMER : 0)
                            | (place.logRatios().isEmpty() ? 0 : WITH_RATIOS);
            out.varint((long) place.sources() << FLAG_BITS | flags);
            for (float ratio : place.logRatios()) {
                int half = Float.floatToFloat16(ratio);
                out.put(half >>> Byte.SIZE & 0xFF);
                out.put(half & 0xFF);
            }
        }
        return SdkBytes.fromByteArray(out.toBytes());
    }

    private static void write(List<ListArm> arms, ByteSink out) {
        out.varint(arms.size());
        for (ListArm arm : arms) {
            out.text(arm.experiment());
            out.text(arm.salt());
            out.text(arm.arm());
        }
    }

    private static List<ListArm> arms(ByteSource in, int most) {
        List<ListArm> arms = new ArrayList<>();
        for (int left = in.count(most, 3); left > 0; left--) {
            arms.add(
                    new ListArm(
                            in.text(MAX_TEXT_BYTES),
                            in.text(MAX_TEXT_BYTES),
                            in.text(MAX_TEXT_BYTES)));
        }
        return arms;
    }

    private static ShownList list(byte[] bytes) {
        ByteSource in = new ByteSource(bytes);
        int format = in.get();
        if (format != FORMAT && format != WITHOUT_SEGMENT) {
            throw new MalformedBytesException("a list shown in an unknown format");
        }
        String placement = in.text(MAX_TEXT_BYTES);
        List<ListArm> arms = arms(in, ListArm.MAX);
        List<ListArm> shadows = arms(in, ExposureToken.MAX_SHADOWS);
        String segment = format == WITHOUT_SEGMENT ? "" : in.text(MAX_TEXT_BYTES);
        long version = in.varint();
        List<ShownList.Place> places = new ArrayList<>();
        for (int left = in.count(Event.Impression.MAX_ITEMS, 6); left > 0; left--) {
            String itemId = in.text(MAX_TEXT_BYTES);
            float propensity = in.float32();
            int bits = in.upTo((1 << (SOURCE_BITS + FLAG_BITS)) - 1);
            places.add(
                    new ShownList.Place(
                            itemId,
                            propensity,
                            bits >>> FLAG_BITS,
                            (bits & SEEN) != 0,
                            (bits & DRAWN) != 0,
                            (bits & NEWCOMER) != 0,
                            ratios(in, (bits & WITH_RATIOS) != 0 ? shadows.size() : 0)));
        }
        in.end();
        return new ShownList(
                placement, arms, shadows, segment.isEmpty() ? null : segment, version, places);
    }

    private static List<Float> ratios(ByteSource in, int count) {
        List<Float> ratios = new ArrayList<>();
        for (int left = count; left > 0; left--) {
            ratios.add(Float.float16ToFloat((short) (in.get() << Byte.SIZE | in.get())));
        }
        return ratios;
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
