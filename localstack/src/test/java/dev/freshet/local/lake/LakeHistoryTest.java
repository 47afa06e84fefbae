package dev.freshet.local.lake;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.Event;
import dev.freshet.event.EventHeader;
import dev.freshet.event.EventType;
import dev.freshet.event.EventType.ValueKind;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.event.Target;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.ExampleLog.ExampleHistory;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.AttributionRules;
import dev.freshet.lake.LakeExamples;
import dev.freshet.lake.LakeHistory;
import dev.freshet.lake.LakePeople;
import dev.freshet.model.Model;
import dev.freshet.model.ModelDraft;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.Thorough;
import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A model that is rebuilt from the lake is the one that the stream made. */
class LakeHistoryTest {
    private static final int PEOPLE = 12;
    private static final Instant EVER = Instant.parse("2027-01-01T00:00:00Z");

    @TempDir private Path folder;
    @AutoClose private LakeWorld world;

    @BeforeEach
    void open() {
        world = new LakeWorld(folder);
    }

    static Stream<Long> seeds() {
        return Stream.iterate(1L, seed -> seed + 1)
                .limit(Long.getLong("freshet.lakeSeeds", Thorough.number(1, 3)));
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void theModelOfTheLakeIsToTheByteThatOfTheStream(long seed) throws InterruptedException {
        live(new Random(seed), false);

        assertEqual(lake(EVER, List.of()), stream(), seed);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void anErasedPersonIsNotLearned(long seed) throws InterruptedException {
        live(new Random(seed), true);

        List<Example> rebuilt = lake(EVER, List.of());
        List<Example> streamed = stream().stream().filter(this::isKept).toList();
        assertEqual(rebuilt, streamed, seed);
        assertThat(streamed).hasSizeLessThan(stream().size());
    }

    private static void assertEqual(List<Example> rebuilt, List<Example> streamed, long seed) {
        assertThat(differences(rebuilt, streamed)).as("seed %d", seed).isEmpty();
        assertThat(learned(rebuilt)).as("seed %d", seed).isEqualTo(learned(streamed));
    }

    /** Returns whether no user of an example was erased later in the shard. */
    private boolean isKept(Example example) {
        ShardPosition source = ((Example.FromEvents) example).source();
        return switch (example) {
            case Example.Interaction act -> !isErased(act.user(), source);
            case Example.Exposure shown -> !isErased(shown.user(), source);
            case Example.Retraction taken -> !isErased(taken.retracted().user(), source);
            case Example.Merge merge ->
                    !isErased(merge.from(), source) && !isErased(merge.into(), source);
            default -> false;
        };
    }

    private boolean isErased(Pseudonym user, ShardPosition source) {
        return world.profiles()
                .filter(profile -> world.pseudonyms.of(profile.userId()).equals(user))
                .map(UserProfile::tombstone)
                .filter(Objects::nonNull)
                .map(erasure -> Objects.requireNonNull(erasure.appliedPosition()))
                .anyMatch(position -> position.compareTo(source) >= 0);
    }

    @Test
    void whoRefusesPersonalisationNowIsNotLearned() throws InterruptedException {
        world.take(
                List.of(
                        world.record(world.click("ann", "e1", world.clock.instant(), "a")),
                        world.record(world.click("anon-1", "e2", world.clock.instant(), "a")),
                        world.record(
                                new Event.Alias(
                                        world.header("ann", "e3", world.clock.instant(), null),
                                        "anon-1",
                                        "ann")),
                        world.record(world.click("bob", "e4", world.clock.instant(), "a"))));
        world.settle();
        world.withdraw("ann");

        assertThat(lake(EVER, List.of()))
                .singleElement()
                .isInstanceOfSatisfying(
                        Example.Interaction.class,
                        act -> assertThat(act.user()).isEqualTo(world.pseudonyms.of("bob")));
    }

    @Test
    void theStreamFollowsTheLakeAndNothingIsLearnedTwice() throws InterruptedException {
        live(new Random(5), false);
        List<StreamRecord> stream = new ArrayList<>();
        for (byte[] record : world.examples.records()) {
            stream.add(
                    new StreamRecord(
                            new ShardPosition("examples/0", BigInteger.TWO.pow(64)),
                            "",
                            record,
                            world.clock.instant()));
        }
        byte[] expected = learned(stream());

        for (int hour : List.of(0, 7, 30, 400)) {
            Instant cut = LakeWorld.START.plus(Duration.ofHours(hour));
            assertThat(learned(lake(cut, stream)))
                    .as("cut after %d hours", hour)
                    .isEqualTo(expected);
        }
    }

    @Test
    void aRebuildThatStoppedGoesOn() throws InterruptedException {
        live(new Random(6), false);
        byte[] expected = learned(stream());

        for (int records : List.of(1, 4, 8)) {
            assertThat(learned(twice(records))).as("after %d records", records).isEqualTo(expected);
        }
    }

    /** Returns the examples of a rebuild that stopped after some records, and was started again. */
    private List<Example> twice(int records) {
        List<Example> learned = new ArrayList<>();
        BigInteger position = BigInteger.ZERO;
        try (LocalLakeReader reader = new LocalLakeReader(folder)) {
            LakeHistory begun = history(reader, EVER, BigInteger.ZERO, List.of());
            for (int i = 0; i < records; i++) {
                StreamRecord record = begun.next(1).getFirst();
                learned.addAll(ExampleCodec.decode(record.data()));
                position = record.position().sequence();
            }
            assertThat(begun.behind()).isPositive();
            assertThat(LakeHistory.isPosition(position)).isTrue();
        }
        try (LocalLakeReader reader = new LocalLakeReader(folder)) {
            learned.addAll(all(history(reader, EVER, position, List.of())));
        }
        return learned;
    }

    @Test
    void aLakeWithRowsThatAreNotSettledIsRefused() throws InterruptedException {
        world.take(List.of(world.record(world.click("ann", "e1", LakeWorld.START, "a"))));

        assertThatThrownBy(() -> lake(EVER, List.of()))
                .isInstanceOf(LakeHistory.UnsettledException.class)
                .hasMessage("1 rows of the lake are not settled");
        assertThat(lake(LakeWorld.START, List.of())).isEmpty();
    }

    @Test
    void theLakeIsReadUpToTheMiddleOfTheStream() {
        Instant now = LakeWorld.START;

        assertThat(LakeHistory.cut(Optional.of(now.minusSeconds(100)), now))
                .isEqualTo(now.minusSeconds(50));
        assertThat(LakeHistory.cut(Optional.empty(), now)).isEqualTo(now);
    }

    private void live(Random random, boolean erasing) throws InterruptedException {
        List<Event> sent = new ArrayList<>();
        AttributeValue gold = new AttributeValue.Text("gold");
        UserProfile.Stated stated = new UserProfile.Stated(Map.of("plan", gold), null);
        world.users.put(world.users.get("user-1").with(stated));
        for (int round = 0; round < 10; round++) {
            List<StreamRecord> batch = new ArrayList<>();
            for (int i = 0; i < 40; i++) {
                world.clock.advance(Duration.ofMillis(random.nextInt(900_000)));
                String user = "user-" + random.nextInt(PEOPLE);
                batch.add(
                        erasing && random.nextInt(60) == 0
                                ? world.erase(user, "erasure-" + round + "-" + i)
                                : something(random, user, round * 100 + i, sent));
            }
            world.repeating = random.nextInt(4) == 0;
            world.take(batch);
            if (random.nextInt(3) == 0) {
                world.settle();
            }
        }
        world.settle();
    }

    private StreamRecord something(Random random, String user, int number, List<Event> sent) {
        String id = "e-" + number;
        Instant at = world.clock.instant().minusMillis(random.nextInt(3_600_000));
        String item = "item-" + random.nextInt(9);
        EventHeader header = world.header(user, id, at, null);
        Event event =
                switch (random.nextInt(14)) {
                    case 0, 1 ->
                            sent.isEmpty()
                                    ? world.click(user, id, at, "a")
                                    : sent.get(random.nextInt(sent.size()));
                    case 2 -> new Event.Impression(header, "home", List.of("item-1", "item-2"));
                    case 3 ->
                            new Event.Interaction(
                                    header,
                                    EventType.RATING,
                                    Target.item(item),
                                    Value.of(ValueKind.STARS, 1 + random.nextInt(5)));
                    case 4 ->
                            new Event.Interaction(
                                    header,
                                    EventType.DWELL,
                                    Target.item(item),
                                    Value.of(ValueKind.SECONDS, random.nextInt(200)));
                    case 5 ->
                            new Event.Retraction(
                                    header,
                                    EventType.CLICK,
                                    Target.item("item-1"),
                                    "e-" + random.nextInt(number + 1));
                    case 6 -> new Event.Alias(header, "anon-" + random.nextInt(4), user);
                    case 7 -> world.click("anon-" + random.nextInt(4), id, at, item);
                    case 8, 9 ->
                            new Event.Interaction(
                                    LakeWorld.answering(header, token(user, number)),
                                    random.nextBoolean() ? EventType.CLICK : EventType.HIDE,
                                    Target.item(item),
                                    Value.NONE);
                    case 10, 11 ->
                            new Event.Impression(
                                    LakeWorld.answering(header, token(user, number)),
                                    "home",
                                    List.of("item-0", "item-1", "item-2", "item-3"));
                    default -> world.click(user, id, at, item);
                };
        sent.add(event);
        return world.record(event);
    }

    /** Returns the token of one of the lists of a user: several events name the same one. */
    private static String token(String user, int number) {
        int list = number / 150;
        return new ExposureToken(
                        "list-" + user + "-" + list,
                        "home",
                        List.of(new ListArm("colours", "salt", list % 2 == 0 ? "red" : "blue")),
                        7,
                        LakeWorld.START.plus(Duration.ofMinutes(list)),
                        IntStream.range(0, 6)
                                .mapToObj(
                                        at ->
                                                new ExposureToken.Shown(
                                                        "item-" + at, at % 2 == 0 ? 1 : .25, at))
                                .toList())
                .ofSegment("s" + list)
                .askedBy(user, LakeWorld.SIGNER)
                .sign(LakeWorld.SIGNER);
    }

    private List<Example> stream() {
        return world.examples.records().stream()
                .flatMap(record -> ExampleCodec.decode(record).stream())
                .toList();
    }

    /** Returns what only one of the two has, a few of each. */
    private static List<String> differences(List<Example> rebuilt, List<Example> streamed) {
        return Stream.concat(
                        rebuilt.stream()
                                .filter(example -> !streamed.contains(example))
                                .map(example -> "rebuilt: " + example),
                        streamed.stream()
                                .filter(example -> !rebuilt.contains(example))
                                .map(example -> "streamed: " + example))
                .sorted(Comparator.comparing(text -> text.substring(text.indexOf('@'))))
                .limit(6)
                .toList();
    }

    private LakeHistory history(
            LocalLakeReader reader, Instant cut, BigInteger known, List<StreamRecord> stream) {
        LakeExamples examples =
                new LakeExamples(
                        world.factory(),
                        EventTypes.BUILT_IN,
                        AttributionRules.DEFAULT,
                        LakeWorld.WAIT_SECONDS,
                        LakePeople.of(world.profiles(), world.factory()));
        return LakeHistory.open(
                reader,
                examples,
                Instant.EPOCH,
                cut,
                known,
                90,
                50,
                new Ended(new ArrayList<>(stream)),
                world.clock);
    }

    private List<Example> lake(Instant cut, List<StreamRecord> stream) {
        try (LocalLakeReader reader = new LocalLakeReader(folder)) {
            return all(history(reader, cut, BigInteger.ZERO, stream));
        }
    }

    private static List<Example> all(LakeHistory history) {
        List<Example> all = new ArrayList<>();
        for (List<StreamRecord> records = history.next(3);
                !records.isEmpty();
                records = history.next(3)) {
            records.forEach(record -> all.addAll(ExampleCodec.decode(record.data())));
        }
        return all;
    }

    private static byte[] learned(List<Example> examples) {
        ModelDraft draft =
                Model.empty(ModelSettings.DEFAULT.withCatalogue(CatalogueMode.OPEN)).draft();
        examples.forEach(draft::apply);
        return SnapshotCodec.encode(draft.seal());
    }

    /** A stream with these records and no others. */
    private record Ended(List<StreamRecord> records) implements ExampleHistory {
        @Override
        public List<StreamRecord> next(int limit) {
            List<StreamRecord> next =
                    List.copyOf(records.subList(0, Math.min(limit, records.size())));
            records.subList(0, next.size()).clear();
            return next;
        }

        @Override
        public Duration behind() {
            return Duration.ZERO;
        }
    }
}
