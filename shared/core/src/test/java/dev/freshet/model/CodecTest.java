package dev.freshet.model;

import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.times;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.ListArm;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.bytes.StoredFormat;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog.ExampleParts;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ListCredit.ShadowRatios;
import dev.freshet.example.ListCredit.ShadowWeight;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.log.Trainer;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {
    private static final Path STORED = Path.of("src/test/resources/dev/freshet/model");
    private static final BigInteger KINESIS =
            new BigInteger("49590338271490256608559692538361571095921575989136588898");

    @Test
    void examplesOfEveryKindComeBackAsTheyWere() {
        List<Example> examples = new Examples().mixed(new Random(1), 500);
        assertThat(ExampleCodec.decode(ExampleCodec.encode(examples))).isEqualTo(examples);
    }

    @Test
    void whatIsUnknownStaysUnknownAndRealSequenceNumbersFit() {
        Example.Interaction bare =
                new Example.Interaction(
                        new ShardPosition("events/shardId-000000000007", KINESIS),
                        new Pseudonym(Long.MIN_VALUE),
                        Target.NONE,
                        EventType.HIDE,
                        -3f,
                        0,
                        Examples.NOON.plusNanos(123_456_789),
                        Context.UNKNOWN);
        assertComesBack(bare, new Example.Retraction(new ShardPosition("b", BigInteger.ONE), bare));
    }

    @Test
    void anInteractionTakesAtMostEightyBytesInABatch() {
        Random random = new Random(1);
        Context context = Context.of("mobile", "BR", 3);
        List<Example> examples =
                times(
                        500,
                        i ->
                                new Example.Interaction(
                                        new ShardPosition(
                                                "events/shardId-000000000000",
                                                KINESIS.add(BigInteger.valueOf(i * 1_000_003L))),
                                        new Pseudonym(random.nextLong()),
                                        Target.item(
                                                "an-article-of-1234-" + random.nextInt(100_000)),
                                        EventType.CLICK,
                                        1f,
                                        0,
                                        Examples.NOON.plusMillis(i),
                                        context));
        assertThat(ExampleCodec.encode(examples).length / 500).isLessThanOrEqualTo(80);
    }

    @Test
    void theListThatSomethingWasTakenFromComesBackInOrder() {
        assertComesBack(new Examples().interaction(1, "b").inList(List.of("a", "b", "c", "d")));
    }

    @Test
    void theCohortsOfAUserComeBack() {
        Example.Interaction interaction =
                new Examples().interaction(1, "b").with(Standing.ofCohorts(List.of(9, -7, 9)));
        assertThat(interaction.standing().cohorts()).containsExactly(-7, 9);
        assertComesBack(interaction);
    }

    private static void assertComesBack(Example... examples) {
        assertThat(ExampleCodec.decode(ExampleCodec.encode(List.of(examples))))
                .containsExactly(examples);
    }

    @Test
    void listsShownAndWhatEventsAreToExperimentsComeBack() {
        Examples examples = new Examples();
        List<Enrolled> enrolled =
                List.of(
                        new Enrolled("home-pl", "salt-1", "control", 0, Enrolled.Step.BEGINS),
                        new Enrolled("layer-b", "salt-2", "b", 86_400, Enrolled.Step.CROSSES),
                        new Enrolled(
                                "layer-c",
                                "salt-3",
                                "b",
                                9,
                                Enrolled.Step.CONTINUES,
                                List.of("s3", "")));
        ListArm quieter = new ListArm("home-pl", "salt-1", "quieter");
        List<String> arms = List.of("home-pl:control", "layer-b:b");
        ListCredit click =
                ListCredit.of(
                                OutcomeKind.CLICK,
                                new ListCredit.ListPlace(true, "home", arms, 24 * 20_781, 1, 5))
                        .clicked(true, true, List.of(new ShadowWeight(quieter, -0.3125f)));
        assertComesBack(
                new Example.Exposure(
                        examples.next(),
                        new Pseudonym(7),
                        24 * 20_781,
                        true,
                        "home",
                        arms,
                        List.of(
                                new Example.Exposure.Place("tea", 0, 5, false),
                                new Example.Exposure.Place("tea", 3, 0xFFFF, true, true)),
                        List.of(
                                new ShadowRatios(
                                        quieter, List.of(0.25f, -0.5625f, Float.NEGATIVE_INFINITY)),
                                new ShadowRatios(
                                        new ListArm("home-pl", "salt-1", "bold"), List.of())),
                        List.of(click),
                        enrolled,
                        Context.of("mobile", "BR", 23)),
                examples.interaction(1, "b").credited(click).with(Standing.enrolled(enrolled)),
                new Example.Merge(examples.next(), new Pseudonym(7), new Pseudonym(8), enrolled),
                new Definition(
                        "home-pl", 3, new Phase(true, "salt-1", 604_800, "EUR"), "{\"id\":\"é\"}"),
                Definition.deleted("home-pl", 4),
                new Example.Neighbours(
                        "models/neighbours-v1/1", "a".repeat(64), 64, "weekly", Examples.NOON));
    }

    @Test
    void aBatchTooLongForARecordIsCutInOrder() {
        List<Example> examples = new Examples().mixed(new Random(1), 500);
        List<byte[]> pieces = pieces(examples, 4_000);
        assertThat(pieces).hasSizeGreaterThan(1).allMatch(piece -> piece.length <= 4_000);
        assertThat(pieces.stream().map(ExampleCodec::decode).flatMap(List::stream).toList())
                .isEqualTo(examples);
        assertThat(pieces(examples, 1 << 20)).hasSize(1);
        assertThat(pieces(List.of(), 10)).isEmpty();
        assertThatThrownBy(() -> pieces(examples.subList(0, 1), 10))
                .isInstanceOf(IllegalArgumentException.class);
    }

    private static List<byte[]> pieces(List<Example> examples, int mostBytes) {
        return ExampleParts.of(examples, mostBytes).stream().map(ExampleParts.Part::bytes).toList();
    }

    @Test
    void aDeltaComesBackWithItsMarks() {
        Trainer.Step step = Trainer.train(Model.EMPTY, new Examples().mixed(new Random(1), 100));
        Delta delta = DeltaCodec.decode(step.delta());
        assertThat(delta.marks()).isEqualTo(step.model().marks());
        assertThat(delta.examples()).hasSize(step.applied());
    }

    /**
     * A stored snapshot of 400 mixed examples. It is written once for each format, by {@code
     * -Dfreshet.update=true} where the file is missing, and read for as long as its format is.
     */
    @ParameterizedTest
    @ValueSource(ints = 1)
    void aStoredSnapshotIsReadAndGivesBackWhatItsBasketsKnow(int format) throws IOException {
        Path stored = STORED.resolve("format-" + format + ".snapshot");
        boolean newest = format == StoredFormat.SNAPSHOT.written();
        if (Boolean.getBoolean("freshet.update") && newest && Files.notExists(stored)) {
            List<Example> examples = new Examples().mixed(new Random(1), 400);
            Files.write(stored, SnapshotCodec.encode(learned(examples)));
        }
        byte[] bytes = Files.readAllBytes(stored);
        assertThat(bytes[0]).as("the format that the file is named after").isEqualTo((byte) format);
        Model old = SnapshotCodec.decode(bytes);
        byte[] again = SnapshotCodec.encode(old);
        assertThat(again)
                .isEqualTo(newest ? bytes : SnapshotCodec.encode(SnapshotCodec.decode(again)));
        assertThat(old.users()).isEqualTo(40);
        int item = old.items().index("item-1");
        assertThat(old.popularity().count(item)).isEqualTo(2);
        Model forgot = learned(old, times(40, new Examples("later")::forget));
        assertThat(forgot.users()).isZero();
        assertThat(forgot.ratings().count()).isZero();
        assertThat(forgot.popularity().count(item)).isZero();
    }

    @Test
    void targetKindsKeepTheNumbersTheyAreStoredUnder() {
        assertThat(Arrays.stream(Target.Kind.values()).map(Target.Kind::wireName))
                .containsExactly("item", "author", "tag", "none");
    }

    @Test
    void aNumberThatNoEventTypeHasIsNamed() {
        byte[] bytes = ExampleCodec.encode(List.of(ofType(EventType.CLICK)));
        int at = Arrays.mismatch(bytes, ExampleCodec.encode(List.of(ofType(EventType.LIKE))));
        assertThat(bytes[at]).isEqualTo((byte) EventType.CLICK.number());
        bytes[at] = 47;
        assertThatThrownBy(() -> ExampleCodec.decode(bytes))
                .isInstanceOf(MalformedBytesException.class)
                .hasMessageContaining("number 47");
    }

    private static Example.Interaction ofType(EventType type) {
        return new Examples().interaction(1, "a", type, 1f, Duration.ZERO);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void damagedBytesAreReportedByOneExceptionAndNeverByAnother(long seed) {
        List<Example> examples = new Examples().mixed(new Random(seed), 120);
        Trainer.Step step = Trainer.train(Model.EMPTY, examples);
        damage(ExampleCodec.encode(examples), ExampleCodec::decode, seed);
        damage(step.delta(), DeltaCodec::decode, seed);
        damage(SnapshotCodec.encode(step.model()), SnapshotCodec::decode, seed);
    }

    @Test
    void anErrorWithoutAMessageIsToldInWords() {
        assertThat(new MalformedBytesException("a part", new ArithmeticException()))
                .hasMessage("a part is invalid: a number is out of its range");
        assertThat(new MalformedBytesException("a part", new ArithmeticException("overflow")))
                .hasMessage("a part is invalid: overflow");
    }

    @Test
    void bytesCutOffAnywhereAreRefused() {
        Trainer.Step step = Trainer.train(Model.EMPTY, new Examples().mixed(new Random(1), 60));
        cut(SnapshotCodec.encode(step.model()), SnapshotCodec::decode);
        cut(step.delta(), DeltaCodec::decode);
    }

    private static void cut(byte[] bytes, Function<byte[], ?> decode) {
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> decode.apply(cut)).isInstanceOf(MalformedBytesException.class);
        }
    }

    @Test
    void bytesOfAnotherFormatAreRefusedByItsNumber() {
        List<Example> examples = List.of(new Examples().interaction(1, "a"));
        Trainer.Step step = Trainer.train(Model.EMPTY, examples);
        otherFormats(ExampleCodec.encode(examples), ExampleCodec::decode);
        otherFormats(step.delta(), DeltaCodec::decode);
        otherFormats(SnapshotCodec.encode(step.model()), SnapshotCodec::decode);
    }

    private static void otherFormats(byte[] bytes, Function<byte[], ?> decode) {
        for (byte format : new byte[] {0, (byte) (bytes[0] + 1), 9}) {
            byte[] other = bytes.clone();
            other[0] = format;
            assertThatThrownBy(() -> decode.apply(other))
                    .isInstanceOf(MalformedBytesException.class)
                    .hasMessageContaining("version " + format);
        }
    }

    private static void damage(byte[] bytes, Function<byte[], ?> decode, long seed) {
        Random random = new Random(seed);
        for (int round = 0; round < 3_000; round++) {
            byte[] damaged = bytes.clone();
            for (int flips = random.nextInt(4); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            try {
                assertThat(decode.apply(damaged)).isNotNull();
            } catch (MalformedBytesException told) {
                assertThat(told).hasMessageNotContaining("null");
            }
        }
    }
}
