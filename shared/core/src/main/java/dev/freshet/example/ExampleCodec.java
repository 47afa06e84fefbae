package dev.freshet.example;

import dev.freshet.catalog.Item;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.experiment.enrolment.Enrolled;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.bytes.StoredFormat;
import dev.freshet.model.bytes.TextSink;
import dev.freshet.model.bytes.TextSource;
import java.math.BigInteger;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A batch of examples as bytes: a format version, a count, the examples in order. Recurring strings
 * stand once, sequence numbers as differences within a shard; an interaction takes ≈ 50 to 90
 * bytes. Event types are written by number, target kinds by ordinal: their order in the enum is
 * part of the format. Only an event of a type whose value is stars carries its stars.
 *
 * <p>A reader accepts the formats that it knows and refuses any other by its number.
 */
@SuppressWarnings({
    "EnumOrdinal",
    "JavaInstantGetSecondsGetNano"
}) // the order is part of the format
public final class ExampleCodec {
    private static final int MOST_EXAMPLES = 10_000_000;
    private static final int MOST_SEQUENCE_BYTES = 128;

    /** The first version with lists shown, outcomes and experiments. */
    private static final int WITH_OUTCOMES = 2;

    /** The first version with attributes of several types. */
    private static final int WITH_TYPED_ATTRIBUTES = 2;

    /** The kinds of targets by the number that is written; a new kind is appended. */
    private static final List<Target.Kind> KINDS =
            List.of(Target.Kind.ITEM, Target.Kind.AUTHOR, Target.Kind.TAG, Target.Kind.NONE);

    private ExampleCodec() {}

    /** Encodes a batch; equal lists of examples have equal bytes. */
    public static byte[] encode(List<Example> examples) {
        return new Writer(examples.size()).write(examples);
    }

    /**
     * Encodes examples in as few batches as halving needs to keep each within a length, in order.
     *
     * @throws IllegalArgumentException if a single example is longer
     */
    public static List<byte[]> encodeWithin(List<Example> examples, int mostBytes) {
        if (examples.isEmpty()) {
            return List.of();
        }
        byte[] whole = encode(examples);
        if (whole.length <= mostBytes) {
            return List.of(whole);
        }
        if (examples.size() == 1) {
            throw new IllegalArgumentException(
                    "one example takes " + whole.length + " bytes of " + mostBytes);
        }
        int half = examples.size() / 2;
        List<byte[]> pieces = new ArrayList<>(encodeWithin(examples.subList(0, half), mostBytes));
        pieces.addAll(encodeWithin(examples.subList(half, examples.size()), mostBytes));
        return List.copyOf(pieces);
    }

    /**
     * Decodes a batch; traces in front of it ({@link ExampleTraces}) are skipped.
     *
     * @throws MalformedBytesException if the bytes are no batch of examples
     */
    public static List<Example> decode(byte[] bytes) {
        try {
            return new Reader(new ByteSource(ExampleTraces.without(bytes))).read();
        } catch (IllegalArgumentException | DateTimeException | ArithmeticException invalid) {
            throw new MalformedBytesException("an example", invalid);
        }
    }

    private enum Kind {
        INTERACTION,
        RETRACTION,
        MERGE,
        FORGET,
        ITEM_CHANGED,
        EXPOSURE,
        EXPERIMENT_CHANGED,
        NEIGHBOURS
    }

    private static final class Writer {
        private final ByteSink out;
        private final TextSink texts;
        private final Map<String, BigInteger> last = new HashMap<>();

        private Writer(int examples) {
            out = new ByteSink(examples * 64);
            texts = new TextSink(out);
        }

        private byte[] write(List<Example> examples) {
            out.put(StoredFormat.EXAMPLES.written());
            out.varint(examples.size());
            examples.forEach(this::write);
            return out.toBytes();
        }

        private void write(Example example) {
            switch (example) {
                case Example.Interaction interaction -> {
                    out.put(Kind.INTERACTION.ordinal());
                    interaction(interaction);
                }
                case Example.Retraction retraction -> {
                    out.put(Kind.RETRACTION.ordinal());
                    position(retraction.source());
                    interaction(retraction.retracted());
                }
                case Example.Merge merge -> {
                    out.put(Kind.MERGE.ordinal());
                    position(merge.source());
                    out.fixed64(merge.from().bits());
                    out.fixed64(merge.into().bits());
                    ExperimentCodec.write(merge.enrolled(), out, texts);
                }
                case Example.Forget forget -> {
                    out.put(Kind.FORGET.ordinal());
                    position(forget.source());
                    out.fixed64(forget.user().bits());
                }
                case Example.Exposure shown -> {
                    out.put(Kind.EXPOSURE.ordinal());
                    position(shown.source());
                    OutcomeCodec.write(shown, out, texts);
                }
                case Example.ExperimentChanged changed -> {
                    out.put(Kind.EXPERIMENT_CHANGED.ordinal());
                    ExperimentCodec.write(changed, out);
                }
                case Example.Neighbours named -> {
                    out.put(Kind.NEIGHBOURS.ordinal());
                    out.text(named.key());
                    out.text(named.sha256());
                    out.varint(named.bytes());
                    out.text(named.job());
                    out.varint(named.madeAt().getEpochSecond());
                }
                case Example.ItemChanged changed -> {
                    out.put(Kind.ITEM_CHANGED.ordinal());
                    ItemCodec.write(changed.item(), out, texts);
                    out.zigzag(changed.putAt().getEpochSecond() - ModelTime.ORIGIN);
                    out.varint(changed.terms().size());
                    new TreeMap<>(changed.terms())
                            .forEach(
                                    (hash, frequency) -> {
                                        out.fixed32(hash);
                                        out.zigzag(frequency);
                                    });
                }
            }
        }

        private void interaction(Example.Interaction interaction) {
            position(interaction.source());
            out.fixed64(interaction.user().bits());
            out.put(KINDS.indexOf(interaction.target().kind()));
            texts.put(interaction.target().id());
            out.put(interaction.type().number());
            out.float32(interaction.strength());
            if (interaction.type().valueKind() == EventType.ValueKind.STARS) {
                out.float32(interaction.stars());
            }
            out.zigzag(interaction.at().getEpochSecond() - ModelTime.ORIGIN);
            out.varint(interaction.at().getNano());
            out.zigzag(
                    interaction.receivedAt().getEpochSecond() - interaction.at().getEpochSecond());
            texts.put(interaction.country());
            texts.put(interaction.device());
            out.varint(interaction.localHour() + 1);
            out.varint(interaction.list().size());
            interaction.list().forEach(texts::put);
            out.varint(interaction.waitSeconds());
            OutcomeCodec.write(interaction.credit(), out, texts);
            ExperimentCodec.write(interaction.enrolled(), out, texts);
            out.varint(interaction.cohorts().size());
            interaction.cohorts().forEach(out::fixed32);
            out.varint(interaction.measured());
        }

        private void position(ShardPosition position) {
            texts.put(position.shard());
            BigInteger before = last.getOrDefault(position.shard(), BigInteger.ZERO);
            out.bytes(position.sequence().subtract(before).toByteArray());
            last.put(position.shard(), position.sequence());
        }
    }

    private static final class Reader {
        private final ByteSource in;
        private final TextSource texts;
        private int version;
        private final Map<String, BigInteger> last = new HashMap<>();

        private Reader(ByteSource in) {
            this.in = in;
            texts = new TextSource(in);
        }

        private List<Example> read() {
            version = StoredFormat.EXAMPLES.read(in);
            int count = in.count(MOST_EXAMPLES, 8);
            List<Example> examples = new ArrayList<>(count);
            for (int left = count; left > 0; left--) {
                examples.add(example());
            }
            in.end();
            return List.copyOf(examples);
        }

        private Example example() {
            return switch (Kind.values()[in.upTo(Kind.values().length - 1)]) {
                case INTERACTION -> interaction();
                case RETRACTION -> new Example.Retraction(position(), interaction());
                case MERGE ->
                        new Example.Merge(
                                position(),
                                new Pseudonym(in.fixed64()),
                                new Pseudonym(in.fixed64()),
                                enrolled());
                case FORGET -> new Example.Forget(position(), new Pseudonym(in.fixed64()));
                case ITEM_CHANGED -> itemChanged();
                case EXPOSURE -> OutcomeCodec.exposure(position(), in, texts);
                case EXPERIMENT_CHANGED -> ExperimentCodec.changed(in);
                case NEIGHBOURS ->
                        new Example.Neighbours(
                                in.text(Example.Neighbours.MOST_TEXT),
                                in.text(Example.Neighbours.MOST_TEXT),
                                in.upTo(Integer.MAX_VALUE),
                                in.text(Example.Neighbours.MOST_TEXT),
                                Instant.ofEpochSecond(in.varint()));
            };
        }

        private List<Enrolled> enrolled() {
            return version < WITH_OUTCOMES ? List.of() : ExperimentCodec.enrolled(in, texts);
        }

        private Example.Interaction interaction() {
            ShardPosition source = position();
            Pseudonym user = new Pseudonym(in.fixed64());
            Target.Kind kind = KINDS.get(in.upTo(KINDS.size() - 1));
            Target target = new Target(kind, texts.get(ItemCodec.MOST_NAME_BYTES));
            EventType type = type();
            float strength = in.float32();
            if (!Float.isFinite(strength)) {
                throw new MalformedBytesException("a strength that is not finite");
            }
            float given = type.valueKind() == EventType.ValueKind.STARS ? in.float32() : 0;
            Instant at =
                    Instant.ofEpochSecond(in.zigzag() + ModelTime.ORIGIN, in.upTo(999_999_999));
            Instant receivedAt = Instant.ofEpochSecond(at.getEpochSecond() + in.zigzag());
            String country = texts.getOrNull(ItemCodec.MOST_NAME_BYTES);
            String device = texts.getOrNull(ItemCodec.MOST_NAME_BYTES);
            return new Example.Interaction(
                    source,
                    user,
                    target,
                    type,
                    strength,
                    given,
                    at,
                    receivedAt,
                    country,
                    device,
                    in.upTo(24) - 1,
                    list(),
                    in.upTo(Example.Interaction.MOST_WAIT),
                    version < WITH_OUTCOMES ? null : OutcomeCodec.credit(in, texts),
                    enrolled(),
                    version < WITH_OUTCOMES ? List.of() : cohorts(),
                    version < WITH_OUTCOMES ? 0 : in.upTo(Example.Interaction.MOST_MEASURED));
        }

        private List<Integer> cohorts() {
            List<Integer> ids = new ArrayList<>();
            for (int left = in.count(Example.Interaction.MOST_COHORTS, 4); left > 0; left--) {
                ids.add(in.fixed32());
            }
            return ids;
        }

        private EventType type() {
            int number = in.upTo(EventType.NUMBERS - 1);
            return EventType.ofNumber(number)
                    .orElseThrow(
                            () -> new MalformedBytesException("an event type of number " + number));
        }

        private List<String> list() {
            List<String> ids = new ArrayList<>();
            for (int left = in.count(Example.Interaction.MOST_LISTED, 1); left > 0; left--) {
                ids.add(texts.get(ItemCodec.MOST_NAME_BYTES));
            }
            return ids;
        }

        private Example.ItemChanged itemChanged() {
            Item item = ItemCodec.read(in, texts, version >= WITH_TYPED_ATTRIBUTES);
            Instant putAt = Instant.ofEpochSecond(in.zigzag() + ModelTime.ORIGIN);
            Map<Integer, Integer> terms = new HashMap<>();
            for (int left = in.count(Example.ItemChanged.MAX_TERMS, 5); left > 0; left--) {
                terms.put(in.fixed32(), Math.toIntExact(in.zigzag()));
            }
            return new Example.ItemChanged(item, terms, putAt);
        }

        private ShardPosition position() {
            String shard = texts.get(ItemCodec.MOST_NAME_BYTES);
            BigInteger before = last.getOrDefault(shard, BigInteger.ZERO);
            BigInteger sequence = before.add(new BigInteger(in.bytes(MOST_SEQUENCE_BYTES)));
            last.put(shard, sequence);
            return new ShardPosition(shard, sequence);
        }
    }
}
