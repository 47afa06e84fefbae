package dev.freshet.example;

import dev.freshet.access.ListArm;
import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.event.Context;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example.Exposure;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ListCredit.ShadowRatios;
import dev.freshet.example.ListCredit.ShadowWeight;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The binary form of lists shown, of outcomes and of enrolments, as parts of {@link ExampleCodec}.
 * A place of a list takes 3 to 6 bytes, 2 for each shadow, and the id of an item that stands for
 * the first time in the batch; an enrolment takes ≈ 10 bytes, of which the names stand once in a
 * batch.
 */
final class OutcomeForm {
    private static final int ATTRIBUTED = 1;
    private static final int SEEN = 2;
    private static final int FIRST = 4;
    private static final int ALL_FLAGS = 7;
    private static final int HOURS = 24;
    private static final int UNKNOWN = -1;
    private static final int EXPLORED = 1;
    private static final int NEWCOMER = 2;
    private static final int MAX_SOURCES = (1 << 16) - 1;

    /** An hour in some thousand years. */
    private static final int MAX_HOUR = 1 << 24;

    private static final List<Enrolled.Step> STEPS = List.of(Enrolled.Step.values());

    static final Form<Enrolled> ENROLLED = OutcomeForm::enrolled;

    static final Form<Context> CONTEXT = OutcomeForm::context;

    private static final Form<ListArm> ARM =
            fields ->
                    new ListArm(
                            fields.name(ListArm::experiment),
                            fields.name(ListArm::salt),
                            fields.name(ListArm::arm));

    private static final Form<Float> FLOAT16 =
            fields ->
                    Float.float16ToFloat(
                            (short) fields.fixed16(number -> Float.floatToFloat16(number)));

    private static final Form<ShadowRatios> RATIOS =
            fields ->
                    new ShadowRatios(
                            fields.part(ARM, ShadowRatios::shadow),
                            fields.list(ShadowRatios.MAX_PLACES, FLOAT16, ShadowRatios::logRatios));

    private static final Form<ShadowWeight> WEIGHT =
            fields ->
                    new ShadowWeight(
                            fields.part(ARM, ShadowWeight::shadow),
                            fields.float32(ShadowWeight::logWeight));

    /** An outcome: the number of its kind, or 0 for none. */
    static final Form<Optional<ListCredit>> CREDIT = OutcomeForm::credit;

    private static final Form<ListCredit> CLICK = OutcomeForm::click;

    private static final Form<Exposure.Place> PLACE = OutcomeForm::place;

    private OutcomeForm() {}

    /** Returns the form of the lists shown that stem from a record. */
    static Form<Exposure> exposure(Form<ShardPosition> source) {
        return fields ->
                new Exposure(
                        fields.part(source, Exposure::source),
                        new Pseudonym(fields.fixed64(shown -> shown.user().bits())),
                        fields.upTo(MAX_HOUR, Exposure::hour),
                        fields.flag(Exposure::attributed),
                        fields.name(Exposure::placement),
                        fields.list(ListCredit.MAX_LABELS, Form.NAME, Exposure::arms),
                        fields.list(Exposure.MAX_PLACES, PLACE, Exposure::places),
                        fields.list(ShadowRatios.MOST, RATIOS, Exposure::shadows),
                        fields.list(Exposure.MAX_EARLIER, CLICK, Exposure::earlier),
                        fields.list(Example.Merge.MAX_CROSSED, ENROLLED, Exposure::enrolled),
                        fields.part(CONTEXT, Exposure::seen));
    }

    /** The number of the step, of a user in known groups increased by that of all steps. */
    private static Enrolled enrolled(Fields<Enrolled> fields) {
        String experiment = fields.name(Enrolled::experiment);
        String salt = fields.name(Enrolled::salt);
        String arm = fields.name(Enrolled::arm);
        int seconds = fields.upTo(Integer.MAX_VALUE, Enrolled::seconds);
        int step =
                fields.upTo(
                        2 * STEPS.size() - 1,
                        one ->
                                STEPS.indexOf(one.step())
                                        + (one.groups().isEmpty() ? 0 : STEPS.size()));
        return new Enrolled(
                experiment,
                salt,
                arm,
                seconds,
                STEPS.get(step % STEPS.size()),
                step < STEPS.size()
                        ? List.of()
                        : fields.list(GroupKind.ALL.size(), Form.NAME, Enrolled::groups));
    }

    private static Context context(Fields<Context> fields) {
        String country = fields.nameOrNull(Context::country);
        String device = fields.nameOrNull(Context::device);
        int hour =
                fields.upTo(
                                HOURS,
                                seen -> Objects.requireNonNullElse(seen.localHour(), UNKNOWN) + 1)
                        - 1;
        return Context.of(device, country, hour == UNKNOWN ? null : hour);
    }

    private static Exposure.Place place(Fields<Exposure.Place> fields) {
        String itemId = fields.name(Exposure.Place::itemId);
        int position = fields.upTo(Exposure.MAX_PLACES - 1, Exposure.Place::position);
        int bits =
                fields.upTo(
                        4 * MAX_SOURCES + 3,
                        place ->
                                place.sources() << 2
                                        | (place.newcomer() ? NEWCOMER : 0)
                                        | (place.explored() ? EXPLORED : 0));
        return new Exposure.Place(
                itemId, position, bits >>> 2, (bits & EXPLORED) != 0, (bits & NEWCOMER) != 0);
    }

    private static Optional<ListCredit> credit(Fields<Optional<ListCredit>> fields) {
        int number =
                fields.upTo(
                        Byte.MAX_VALUE,
                        credit -> credit.map(known -> known.kind().number()).orElse(0));
        return number == 0
                ? Optional.empty()
                : Optional.of(fields.part(creditOf(kind(number)), Optional::orElseThrow));
    }

    private static ListCredit click(Fields<ListCredit> fields) {
        OutcomeKind kind = kind(fields.upTo(Byte.MAX_VALUE, credit -> credit.kind().number()));
        MalformedBytesException.unless(kind.isClick(), "an earlier outcome of a list is no click");
        return creditOf(kind).of(fields);
    }

    private static Form<ListCredit> creditOf(OutcomeKind kind) {
        return fields -> {
            int flags = fields.upTo(ALL_FLAGS, OutcomeForm::flags);
            String placement = fields.name(ListCredit::placement);
            List<String> arms = fields.list(ListCredit.MAX_LABELS, Form.NAME, ListCredit::arms);
            int hour = fields.upTo(MAX_HOUR, ListCredit::hour);
            int position = fields.upTo(Exposure.MAX_PLACES, credit -> credit.position() + 1) - 1;
            int sources = fields.upTo(MAX_SOURCES, ListCredit::sources);
            String currency = fields.nameOrNull(ListCredit::currency);
            return new ListCredit(
                    kind,
                    new ListCredit.ListPlace(
                            (flags & ATTRIBUTED) != 0, placement, arms, hour, position, sources),
                    (flags & SEEN) != 0,
                    (flags & FIRST) != 0,
                    currency == null ? 0 : fields.zigzag(ListCredit::amount),
                    currency,
                    fields.list(ShadowRatios.MOST, WEIGHT, ListCredit::shadows));
        };
    }

    private static int flags(ListCredit credit) {
        return (credit.attributed() ? ATTRIBUTED : 0)
                | (credit.seen() ? SEEN : 0)
                | (credit.first() ? FIRST : 0);
    }

    private static OutcomeKind kind(int number) {
        return OutcomeKind.ofNumber(number)
                .orElseThrow(() -> new MalformedBytesException("an outcome of kind " + number));
    }
}
