package dev.freshet.example;

import dev.freshet.event.ShardPosition;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The binary form of lists shown and of outcomes, as a part of {@link ExampleCodec}. A place of a
 * list takes 3 to 6 bytes, and the id of an item that stands for the first time in the batch.
 */
final class OutcomeCodec {
    private static final int NO_OUTCOME = 0;
    private static final int ATTRIBUTED = 1;
    private static final int SEEN = 2;
    private static final int FIRST = 4;
    private static final int ALL_FLAGS = 7;
    private static final int HOURS = 24;
    private static final int MOST_SOURCES = (1 << 16) - 1;

    /** A day in some thousand years. */
    private static final int MOST_DAY = 1 << 20;

    private OutcomeCodec() {}

    static void write(Example.Exposure shown, ByteSink out, TextSink texts) {
        out.fixed64(shown.user().bits());
        out.varint(shown.day());
        out.put(shown.attributed() ? 1 : 0);
        texts.put(shown.placement());
        ExperimentCodec.writeLabels(shown.arms(), out, texts);
        out.varint(shown.places().size());
        for (Example.Exposure.Place place : shown.places()) {
            texts.put(place.itemId());
            out.put(place.position());
            out.varint((long) place.sources() << 1 | (place.explored() ? 1 : 0));
        }
        out.varint(shown.earlier().size());
        shown.earlier().forEach(click -> write(click, out, texts));
        ExperimentCodec.write(shown.enrolled(), out, texts);
        texts.put(shown.seen().country());
        texts.put(shown.seen().device());
        out.varint(shown.seen().localHour() + 1);
    }

    static Example.Exposure exposure(ShardPosition source, ByteSource in, TextSource texts) {
        Pseudonym user = new Pseudonym(in.fixed64());
        int day = in.upTo(MOST_DAY);
        boolean attributed = in.flag();
        String placement = texts.get(ItemCodec.MOST_NAME_BYTES);
        List<String> arms = ExperimentCodec.labels(in, texts);
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (int left = in.count(Example.Exposure.MOST_PLACES, 3); left > 0; left--) {
            String itemId = texts.get(ItemCodec.MOST_NAME_BYTES);
            int position = in.upTo(Example.Exposure.MOST_PLACES - 1);
            int bits = in.upTo(2 * MOST_SOURCES + 1);
            places.add(new Example.Exposure.Place(itemId, position, bits >>> 1, (bits & 1) == 1));
        }
        List<ListCredit> earlier = new ArrayList<>();
        for (int left = in.count(Example.Exposure.MOST_EARLIER, 5); left > 0; left--) {
            ListCredit click = credit(in, texts);
            if (click == null || !click.kind().isClick()) {
                throw new MalformedBytesException("an earlier outcome of a list is no click");
            }
            earlier.add(click);
        }
        return new Example.Exposure(
                source,
                user,
                day,
                attributed,
                placement,
                arms,
                places,
                earlier,
                ExperimentCodec.enrolled(in, texts),
                new Circumstances(
                        texts.getOrNull(ItemCodec.MOST_NAME_BYTES),
                        texts.getOrNull(ItemCodec.MOST_NAME_BYTES),
                        in.upTo(HOURS) - 1));
    }

    /** Writes an outcome, or one byte for none. */
    static void write(@Nullable ListCredit credit, ByteSink out, TextSink texts) {
        if (credit == null) {
            out.put(NO_OUTCOME);
            return;
        }
        out.put(credit.kind().number());
        out.put(
                (credit.attributed() ? ATTRIBUTED : 0)
                        | (credit.seen() ? SEEN : 0)
                        | (credit.first() ? FIRST : 0));
        texts.put(credit.placement());
        ExperimentCodec.writeLabels(credit.arms(), out, texts);
        out.varint(credit.day());
        out.varint(credit.position() + 1);
        out.varint(credit.sources());
        texts.put(credit.currency());
        if (credit.currency() != null) {
            out.zigzag(credit.amount());
        }
    }

    static @Nullable ListCredit credit(ByteSource in, TextSource texts) {
        int number = in.get();
        if (number == NO_OUTCOME) {
            return null;
        }
        OutcomeKind kind =
                OutcomeKind.ofNumber(number)
                        .orElseThrow(
                                () -> new MalformedBytesException("an outcome of kind " + number));
        int flags = in.upTo(ALL_FLAGS);
        String placement = texts.get(ItemCodec.MOST_NAME_BYTES);
        List<String> arms = ExperimentCodec.labels(in, texts);
        int day = in.upTo(MOST_DAY);
        int position = in.upTo(Example.Exposure.MOST_PLACES) - 1;
        int sources = in.upTo(MOST_SOURCES);
        String currency = texts.getOrNull(ItemCodec.MOST_NAME_BYTES);
        return new ListCredit(
                kind,
                (flags & ATTRIBUTED) != 0,
                placement,
                arms,
                day,
                position,
                sources,
                (flags & SEEN) != 0,
                (flags & FIRST) != 0,
                currency == null ? 0 : in.zigzag(),
                currency);
    }
}
