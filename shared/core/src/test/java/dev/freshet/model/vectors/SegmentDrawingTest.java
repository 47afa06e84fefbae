package dev.freshet.model.vectors;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.log.Trainer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SegmentDrawingTest {
    private static final int USERS = 400;
    private static final int A_DAY = 1_200;

    @ParameterizedTest
    @CsvSource({"3,1", "5,2", "8,3", "8,7"})
    void tastesAreFoundNamedAndKeptFromDayToDay(int tastes, long seed) {
        TasteWorld world = new TasteWorld(tastes, USERS, seed);
        Model model = learned(world.catalogue());
        Map<Long, Integer> before = Map.of();
        for (int day = 0; day < 6; day++) {
            model = learned(model, world.day(day, A_DAY));
            Map<Long, Integer> now = segments(model);
            if (day >= 3) {
                assertThat(RandIndex.adjusted(tastes(world, now), now)).isGreaterThan(0.9);
                assertThat(share(before, now)).isGreaterThan(0.95);
            }
            before = now;
        }
        assertThat(model.segments().disclosed()).hasSize(tastes);
        for (Segment segment : model.segments().disclosed()) {
            String taste = segment.tags().getFirst().tag();
            assertThat(taste).startsWith("taste-");
            assertThat(segment.title()).startsWith(taste).doesNotContain("new");
            assertThat(segment.tags().getFirst().lift()).isGreaterThan(2);
        }
        assertThat(model.segments().disclosed().stream().mapToInt(Segment::people).sum())
                .isEqualTo(model.segments().people());
    }

    @Test
    void aFollowerAndASnapshotHaveTheSegmentsOfTheTrainerHoweverItsBatchesFall() {
        TasteWorld world = new TasteWorld(4, 100, 4);
        List<Example> all = new ArrayList<>(world.catalogue());
        all.addAll(world.day(0, A_DAY));
        Trainer.Step whole = Trainer.train(Model.EMPTY, all);
        Model parts = Model.EMPTY;
        Model follower = Model.EMPTY;
        for (int from = 0; from < all.size(); from += 97) {
            Trainer.Step step =
                    Trainer.train(parts, all.subList(from, Math.min(all.size(), from + 97)));
            Delta delta = DeltaCodec.decode(step.delta());
            follower = Trainer.follow(follower, delta);
            parts = step.model();
        }
        byte[] bytes = SnapshotCodec.encode(whole.model());
        assertThat(whole.model().segments().disclosed()).isNotEmpty();
        assertThat(SnapshotCodec.encode(parts)).isEqualTo(bytes);
        assertThat(SnapshotCodec.encode(follower)).isEqualTo(bytes);
        assertThat(SnapshotCodec.encode(SnapshotCodec.decode(bytes))).isEqualTo(bytes);
    }

    @Test
    void theNextDrawingKnowsNothingOfErasedPeople() {
        TasteWorld world = new TasteWorld(3, 150, 5);
        Model model = learned(learned(world.catalogue()), world.day(0, A_DAY));
        model = learned(model, world.day(1, A_DAY));
        assertThat(names(model)).anyMatch(name -> name.startsWith("taste-1"));
        model =
                learned(
                        model,
                        LongStream.range(0, 150)
                                .filter(user -> world.taste(user) == 1)
                                .<Example>mapToObj(world::forget)
                                .toList());

        SegmentState drawn =
                SegmentDrawing.draw(
                        model.learned().segments(),
                        model.items(),
                        model.baskets(),
                        model.factors(),
                        30,
                        10_000);
        assertThat(drawn.people()).isLessThanOrEqualTo(100);
        assertThat(drawn.segments()).noneMatch(one -> one.title().startsWith("taste-1"));
        assertThat(drawn.segments())
                .extracting(Segment::number)
                .allMatch(number -> number <= drawn.given());
    }

    @Test
    void asLongAsTooFewPeopleAreKnownNoSegmentIsToldAndNobodyIsInOne() {
        TasteWorld world = new TasteWorld(2, Segment.LEAST_PEOPLE - 1, 6);
        Model model = learned(learned(world.catalogue()), world.day(0, 600));
        assertThat(model.segments().people()).isEqualTo(Segment.LEAST_PEOPLE - 1);
        assertThat(model.segments().disclosed()).isEmpty();
        assertThat(segments(model)).isEmpty();
    }

    @Test
    void aUserOfWhomLittleIsKnownIsInNoSegment() {
        TasteWorld world = new TasteWorld(3, 150, 7);
        Model model = learned(learned(world.catalogue()), world.day(0, A_DAY));
        assertThat(model.segments().of(Preferences.NONE)).isNull();
        assertThat(model.segments().of(Preferences.ofItem(0))).isNull();
    }

    @Test
    void aDrawingIsDueOnceADayAndOftenerOnAYoungSite() {
        SegmentState none = SegmentState.NONE;
        assertThat(SegmentDrawing.isDue(none, 100, SegmentDrawing.FIRST_STEPS - 1)).isFalse();
        assertThat(SegmentDrawing.isDue(none, 100, SegmentDrawing.FIRST_STEPS)).isTrue();
        SegmentState last = new SegmentState(List.of(), 0, 100, 50_000, 500);
        assertThat(SegmentDrawing.isDue(last, 100, 90_000)).isFalse();
        assertThat(SegmentDrawing.isDue(last, 101, 50_999)).isFalse();
        assertThat(SegmentDrawing.isDue(last, 101, 51_000)).isTrue();
        assertThat(SegmentDrawing.isDue(last, 100, 100_000)).isTrue();
    }

    private static List<String> names(Model model) {
        return model.segments().disclosed().stream().map(Segment::title).toList();
    }

    /** Returns the number of each user's segment, as far as there is one. */
    private static Map<Long, Integer> segments(Model model) {
        Map<Long, Integer> of = new HashMap<>();
        for (long user = 0; user < USERS; user++) {
            int slot = model.baskets().slot(new Pseudonym(user));
            Segment one =
                    slot < 0
                            ? null
                            : model.segments().of(Preferences.of(model.baskets().basket(slot)));
            if (one != null) {
                of.put(user, one.number());
            }
        }
        return of;
    }

    private static Map<Long, Integer> tastes(TasteWorld world, Map<Long, Integer> users) {
        Map<Long, Integer> tastes = new HashMap<>();
        users.keySet().forEach(user -> tastes.put(user, world.taste(user)));
        return tastes;
    }

    /** Returns the share of users of both days that are in one segment on both. */
    private static double share(Map<Long, Integer> before, Map<Long, Integer> now) {
        List<Long> both = now.keySet().stream().filter(before::containsKey).toList();
        return both.stream().filter(user -> Objects.equals(before.get(user), now.get(user))).count()
                / (double) both.size();
    }
}
