package dev.freshet.example;

import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.Form.Alternative;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.bytes.StoredFormat;
import dev.freshet.catalog.Item;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.Example.DefinitionKind;
import java.math.BigInteger;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

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
    private static final int MAX_EXAMPLES = 10_000_000;
    private static final int MAX_SEQUENCE_BYTES = 128;

    /** The kinds of targets by the number that is written; a new kind is appended. */
    private static final Form<Target.Kind> KIND =
            Form.anyOf(
                    List.of(
                            Target.Kind.ITEM,
                            Target.Kind.AUTHOR,
                            Target.Kind.TAG,
                            Target.Kind.NONE));

    private static final int MAX_SECONDS = Integer.MAX_VALUE - 1;
    private static final Form<String> DOCUMENT = Form.text(Definition.MAX_BYTES);

    private static final Form<Definition> DEFINITION_CHANGE =
            definition(fields -> fields.partOrNull(DOCUMENT, Definition::document));

    /** A definition that has a document. */
    public static final Form<Definition> DEFINITION =
            definition(
                    fields ->
                            fields.part(
                                    DOCUMENT, known -> Objects.requireNonNull(known.document())));

    private static final Form<Integer> FREQUENCY =
            fields -> Math.toIntExact(fields.zigzag(frequency -> frequency));

    private static final Form<String> NEIGHBOURS_TEXT = Form.text(Example.Neighbours.MAX_TEXT);

    /** The name of an object with neighbours. */
    public static final Form<Example.Neighbours> NEIGHBOURS =
            fields ->
                    new Example.Neighbours(
                            fields.part(NEIGHBOURS_TEXT, Example.Neighbours::key),
                            fields.part(NEIGHBOURS_TEXT, Example.Neighbours::sha256),
                            fields.upTo(Integer.MAX_VALUE, Example.Neighbours::bytes),
                            fields.part(NEIGHBOURS_TEXT, Example.Neighbours::job),
                            Instant.ofEpochSecond(
                                    fields.varint(named -> named.madeAt().getEpochSecond())));

    /** A batch of examples as a part of other bytes. */
    public static final Form<List<Example>> BATCH =
            Form.of(
                    (examples, out) -> out.bytes(encode(examples)),
                    in -> decode(in.bytes(Integer.MAX_VALUE)));

    /** A batch, whose positions in the stream and recurring texts refer to those before them. */
    private static final Form<List<Example>> EXAMPLES =
            fields -> fields.list(MAX_EXAMPLES, new Batch().example, examples -> examples);

    /** The type of an event by its number. */
    public static final Form<EventType> TYPE = ExampleCodec::type;

    private ExampleCodec() {}

    /** Encodes a batch; equal lists of examples have equal bytes. */
    public static byte[] encode(List<Example> examples) {
        return StoredFormat.EXAMPLES.encode(examples, EXAMPLES, 64 * examples.size());
    }

    /**
     * Decodes a batch; traces in front of it ({@link ExampleTraces}) are skipped.
     *
     * @throws MalformedBytesException if the bytes are no batch of examples
     */
    public static List<Example> decode(byte[] bytes) {
        return List.copyOf(StoredFormat.EXAMPLES.decode(ExampleTraces.without(bytes), EXAMPLES));
    }

    private static EventType type(Fields<EventType> fields) {
        int number = fields.upTo(EventType.NUMBERS - 1, EventType::number);
        return EventType.ofNumber(number)
                .orElseThrow(
                        () -> new MalformedBytesException("an event type of number " + number));
    }

    /** Returns a form that has the members of a phase whether there is one or not. */
    private static Form<Definition> definition(
            Function<Fields<Definition>, @Nullable String> document) {
        return fields -> {
            String id = fields.part(Form.TEXT, Definition::id);
            long version = fields.varint(Definition::version);
            Phase phase =
                    new Phase(
                            fields.flag(Definition::running),
                            fields.part(Form.TEXT, each -> each.phaseOrNone().salt()),
                            fields.upTo(MAX_SECONDS, each -> each.phaseOrNone().windowSeconds()),
                            fields.partOrNull(Form.TEXT, each -> each.phaseOrNone().currency()));
            String text = document.apply(fields);
            boolean phased = text != null && DefinitionKind.of(id).hasPhases();
            return new Definition(id, version, phased ? phase : null, text);
        };
    }

    /**
     * The forms of one batch. Each source shard's sequence numbers are written as differences, so
     * that a batch holds the last one of each.
     */
    private static final class Batch {
        private static final Form<Target> TARGET =
                fields -> new Target(fields.part(KIND, Target::kind), fields.name(Target::id));

        private static final Form<Example.ItemChanged> ITEM_CHANGED =
                fields -> {
                    Item item = fields.part(ItemForm.ITEM, Example.ItemChanged::item);
                    Instant putAt =
                            Instant.ofEpochSecond(
                                    fields.zigzag(
                                                    changed ->
                                                            changed.putAt().getEpochSecond()
                                                                    - ModelTime.ORIGIN)
                                            + ModelTime.ORIGIN);
                    return new Example.ItemChanged(
                            item,
                            fields.map(
                                    Example.ItemChanged.MAX_TERMS,
                                    Form.FIXED32,
                                    FREQUENCY,
                                    Example.ItemChanged::terms),
                            putAt);
                };

        private final Map<String, BigInteger> last = new HashMap<>();

        private final Form<ShardPosition> source = this::position;

        private final Form<Example.Interaction> interaction = this::interaction;

        final Form<Example> example =
                Form.oneOf(
                        List.of(
                                new Alternative<>(Example.Interaction.class, interaction),
                                new Alternative<>(
                                        Example.Retraction.class,
                                        fields ->
                                                new Example.Retraction(
                                                        fields.part(
                                                                source, Example.Retraction::source),
                                                        fields.part(
                                                                interaction,
                                                                Example.Retraction::retracted))),
                                new Alternative<>(
                                        Example.Merge.class,
                                        fields ->
                                                new Example.Merge(
                                                        fields.part(source, Example.Merge::source),
                                                        user(fields, Example.Merge::from),
                                                        user(fields, Example.Merge::into),
                                                        enrolled(fields, Example.Merge::enrolled))),
                                new Alternative<>(
                                        Example.Forget.class,
                                        fields ->
                                                new Example.Forget(
                                                        fields.part(source, Example.Forget::source),
                                                        user(fields, Example.Forget::user))),
                                new Alternative<>(Example.ItemChanged.class, ITEM_CHANGED),
                                new Alternative<>(
                                        Example.Exposure.class, OutcomeForm.exposure(source)),
                                new Alternative<>(Example.Definition.class, DEFINITION_CHANGE),
                                new Alternative<>(Example.Neighbours.class, NEIGHBOURS)));

        private Example.Interaction interaction(Fields<Example.Interaction> fields) {
            ShardPosition position = fields.part(source, Example.Interaction::source);
            Pseudonym user = user(fields, Example.Interaction::user);
            Target target = fields.part(TARGET, Example.Interaction::target);
            EventType type = fields.part(TYPE, Example.Interaction::type);
            float strength = fields.finite32("a strength", Example.Interaction::strength);
            float stars =
                    type.valueKind() == EventType.ValueKind.STARS
                            ? fields.float32(Example.Interaction::stars)
                            : 0;
            Instant at = fields.part(ItemForm.INSTANT, Example.Interaction::at);
            long delay =
                    fields.zigzag(
                            one -> one.receivedAt().getEpochSecond() - one.at().getEpochSecond());
            Context context = fields.part(OutcomeForm.CONTEXT, Example.Interaction::context);
            List<String> list =
                    fields.list(
                            Example.Interaction.MAX_LISTED, Form.NAME, Example.Interaction::list);
            int waitSeconds =
                    fields.upTo(Example.Standing.MAX_WAIT, one -> one.standing().waitSeconds());
            Optional<ListCredit> credit =
                    fields.part(OutcomeForm.CREDIT, one -> Optional.ofNullable(one.credit()));
            List<Enrolled> enrolled = enrolled(fields, one -> one.standing().enrolled());
            List<Integer> cohorts =
                    fields.list(
                            Example.Standing.MAX_COHORTS,
                            Form.FIXED32,
                            one -> one.standing().cohorts());
            int measured =
                    fields.upTo(Example.Interaction.MAX_MEASURED, Example.Interaction::measured);
            return new Example.Interaction(
                    position,
                    user,
                    target,
                    type,
                    strength,
                    stars + measured,
                    at,
                    Instant.ofEpochSecond(at.getEpochSecond() + delay),
                    context,
                    list,
                    credit.orElse(null),
                    new Example.Standing(waitSeconds, cohorts, enrolled));
        }

        private ShardPosition position(Fields<ShardPosition> fields) {
            String shard = fields.name(ShardPosition::shard);
            BigInteger before = last.getOrDefault(shard, BigInteger.ZERO);
            byte[] difference =
                    fields.bytes(
                            MAX_SEQUENCE_BYTES,
                            position -> position.sequence().subtract(before).toByteArray());
            BigInteger sequence = before.add(new BigInteger(difference));
            last.put(shard, sequence);
            return new ShardPosition(shard, sequence);
        }

        private static <T> Pseudonym user(Fields<T> fields, Function<T, Pseudonym> field) {
            return new Pseudonym(fields.fixed64(value -> field.apply(value).bits()));
        }

        private static <T> List<Enrolled> enrolled(
                Fields<T> fields, Function<T, List<Enrolled>> field) {
            return fields.list(Example.Merge.MAX_CROSSED, OutcomeForm.ENROLLED, field);
        }
    }
}
