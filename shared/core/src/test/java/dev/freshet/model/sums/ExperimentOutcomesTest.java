package dev.freshet.model.sums;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.ExampleContext;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.experiment.enrolment.Enrolment.Enrolled;
import dev.freshet.experiment.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.Definitions.Definition;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ExperimentOutcomesTest {
    private static final Instant NOON = Instant.parse("2026-11-24T12:00:00Z");
    private static final int DAY = (int) (NOON.getEpochSecond() / 86_400);
    private static final int WINDOW = 7 * 86_400;
    private static final Pseudonym ANN = new Pseudonym(0x0700000000000001L);

    private final List<Example> examples = new ArrayList<>(List.of(announced("home", 1, "one")));
    private int sequence;

    private static Example.ExperimentChanged announced(String id, long version, String salt) {
        return new Example.ExperimentChanged(id, version, true, salt, WINDOW, "BRL", "{}");
    }

    private static Example.ExperimentChanged stopped(String id, long version, String salt) {
        return new Example.ExperimentChanged(id, version, false, salt, WINDOW, "BRL", "{}");
    }

    private static Enrolled enrolled(int seconds, Step step) {
        return new Enrolled("home", "one", "a", seconds, step);
    }

    private ShardPosition next() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    private Example.Exposure list(Pseudonym user, List<ListCredit> earlier, Enrolled... enrolled) {
        return new Example.Exposure(
                next(),
                user,
                24 * DAY,
                true,
                "home",
                List.of("home:a"),
                List.of(),
                List.of(),
                earlier,
                List.of(enrolled),
                ExampleContext.UNKNOWN);
    }

    private Example.Interaction act(
            EventType type, @Nullable ListCredit credit, Enrolled... enrolled) {
        return new Example.Interaction(
                        next(),
                        ANN,
                        Target.item("tea"),
                        type,
                        1,
                        0,
                        NOON,
                        new ExampleContext("BR", "mobile", 9))
                .credited(credit)
                .with(Standing.enrolled(List.of(enrolled)));
    }

    private static ListCredit click(boolean seen, boolean first) {
        return credit(OutcomeKind.CLICK).clicked(seen, first, List.of());
    }

    private static ListCredit credit(OutcomeKind kind) {
        return ListCredit.of(
                kind, new ListCredit.ListPlace(true, "home", List.of("home:a"), 24 * DAY, 0, 1));
    }

    private Model learned(Example... more) {
        examples.addAll(List.of(more));
        return Trainer.train(Model.EMPTY, examples).model();
    }

    /** Returns the totals of an arm that are not zero. */
    private static Map<Column, Long> totals(Model model, String experiment, String arm) {
        Map<Column, Long> totals = new EnumMap<>(Column.class);
        BucketSums sums = model.experimentSums(experiment).of(arm);
        for (Column column : Column.values()) {
            if (sums.total(column) != 0) {
                totals.put(column, sums.total(column));
            }
        }
        return totals;
    }

    private static Map<Column, Long> totals(Model model) {
        return totals(model, "home", "a");
    }

    @Test
    void whatAnEnrolledUserDoesIsSummedInTheBucketOfTheUser() {
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        act(EventType.CLICK, click(true, true), enrolled(5, Step.CONTINUES)),
                        act(EventType.CLICK, click(true, false), enrolled(6, Step.CONTINUES)),
                        list(ANN, List.of(), enrolled(60, Step.CONTINUES)),
                        act(
                                EventType.PURCHASE,
                                credit(OutcomeKind.CONVERSION).worth(70_000, "BRL"),
                                enrolled(90, Step.CONTINUES)),
                        act(EventType.HIDE, null, enrolled(95, Step.CONTINUES)));

        assertThat(totals(model))
                .isEqualTo(
                        Map.of(
                                Column.USERS, 1L,
                                Column.LISTS, 2L,
                                Column.LISTS_CLICKED, 1L,
                                Column.CLICKS, 2L,
                                Column.CONVERSIONS, 1L,
                                Column.REVENUE, 70_000L,
                                Column.HIDES, 1L));
        BucketSums sums = model.experimentSums("home").of("a");
        assertThat(sums.column(Column.CLICKS)[7]).isEqualTo(2);
        assertThat(sums.column(Column.USERS)[7]).isEqualTo(1);
    }

    @Test
    void nothingCountsThatIsOfNoOutcomeOrNoEnrolment() {
        Model model =
                learned(
                        list(ANN, List.of()),
                        act(EventType.VIEW, null, enrolled(1, Step.CONTINUES)),
                        act(EventType.CLICK, click(true, true)));

        assertThat(totals(model)).isEmpty();
    }

    @Test
    void clicksBeforeTheImpressionOfTheirListCountOnce() {
        Model enrolling =
                learned(
                        act(EventType.CLICK, click(false, true)),
                        list(ANN, List.of(click(true, true)), enrolled(0, Step.BEGINS)));
        assertThat(totals(enrolling)).containsEntry(Column.CLICKS, 1L);
        assertThat(totals(enrolling)).containsEntry(Column.LISTS_CLICKED, 1L);

        Model later =
                learned(
                        act(EventType.CLICK, click(false, true), enrolled(9, Step.CONTINUES)),
                        list(ANN, List.of(click(true, true)), enrolled(10, Step.CONTINUES)));
        assertThat(totals(later)).containsEntry(Column.CLICKS, 2L);
        assertThat(totals(later)).containsEntry(Column.LISTS_CLICKED, 2L);
    }

    @Test
    void clicksThatComeLateOrFromNoListAreClicksOfTheUser() {
        Model model =
                learned(
                        act(
                                EventType.CLICK,
                                credit(OutcomeKind.LATE_CLICK),
                                enrolled(1, Step.CONTINUES)),
                        act(
                                EventType.CLICK,
                                ListCredit.unattributed(OutcomeKind.CLICK, 24 * DAY),
                                enrolled(2, Step.CONTINUES)));

        assertThat(totals(model)).isEqualTo(Map.of(Column.CLICKS, 2L));
    }

    @Test
    void aListWithoutATokenIsNoListOfTheExperiment() {
        Example.Exposure tokenless =
                new Example.Exposure(
                        next(),
                        ANN,
                        24 * DAY,
                        false,
                        "",
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(enrolled(3, Step.CONTINUES)),
                        ExampleContext.UNKNOWN);

        assertThat(totals(learned(tokenless))).isEmpty();
    }

    @Test
    void revenueInAnotherCurrencyIsNoRevenueButAConversion() {
        Model model =
                learned(
                        act(
                                EventType.PURCHASE,
                                credit(OutcomeKind.CONVERSION).worth(70_000, "EUR"),
                                enrolled(1, Step.CONTINUES)));

        assertThat(totals(model)).isEqualTo(Map.of(Column.CONVERSIONS, 1L));
    }

    @Test
    void aRetractionTakesBackWhatItsInteractionCountedButNoClick() {
        Example.Interaction bought =
                act(
                        EventType.PURCHASE,
                        credit(OutcomeKind.CONVERSION).worth(70_000, "BRL"),
                        enrolled(1, Step.CONTINUES));
        Example.Interaction hidden = act(EventType.HIDE, null, enrolled(2, Step.CONTINUES));
        Example.Interaction clicked =
                act(EventType.CLICK, click(true, true), enrolled(3, Step.CONTINUES));

        Model model =
                learned(
                        bought,
                        hidden,
                        clicked,
                        new Example.Retraction(next(), bought),
                        new Example.Retraction(next(), hidden),
                        new Example.Retraction(next(), clicked));

        assertThat(totals(model)).isEqualTo(Map.of(Column.CLICKS, 1L, Column.LISTS_CLICKED, 1L));
    }

    @Test
    void theWindowEndsWithItsLastSecond() {
        Model model =
                learned(
                        act(EventType.HIDE, null, enrolled(WINDOW, Step.CONTINUES)),
                        act(EventType.HIDE, null, enrolled(WINDOW + 1, Step.CONTINUES)));

        assertThat(totals(model)).isEqualTo(Map.of(Column.HIDES, 1L));
    }

    @Test
    void aUserWhoCrossesArmsIsCountedAndWhatCameBeforeStays() {
        Enrolled crosses = enrolled(9, Step.CROSSES);
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        list(ANN, List.of(), crosses),
                        new Example.Merge(next(), ANN, new Pseudonym(2), List.of(crosses)));

        assertThat(model.experimentSums("home").crossed()).isEqualTo(2);
        assertThat(totals(model)).isEqualTo(Map.of(Column.USERS, 1L, Column.LISTS, 1L));
    }

    @Test
    void theItemsOfTheFortnightBeforeAreTheCovariate() {
        Duration fortnight = Duration.ofDays(14);
        for (int i = 0; i < 3; i++) {
            examples.add(met("item-" + i, NOON.minusSeconds(i)));
            examples.add(met("item-" + i, NOON.minusSeconds(i)));
        }
        examples.add(met("old", NOON.minus(fortnight).minus(Duration.ofHours(13))));
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        met("later", NOON),
                        list(ANN, List.of(), enrolled(5, Step.CONTINUES)));

        assertThat(totals(model)).containsEntry(Column.COVARIATE, 3L);
    }

    private Example.Interaction met(String item, Instant at) {
        return new Example.Interaction(
                next(),
                ANN,
                Target.item(item),
                EventType.VIEW,
                1,
                0,
                at,
                new ExampleContext("BR", "mobile", 9));
    }

    @Test
    void anExperimentThatDoesNotRunKeepsItsSumsAndGetsNoMore() {
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        stopped("home", 2, "one"),
                        list(ANN, List.of(), enrolled(5, Step.CONTINUES)));
        assertThat(totals(model)).containsEntry(Column.LISTS, 1L);

        assertThat(totals(learned(Example.ExperimentChanged.deleted("home", 3)))).isEmpty();
    }

    @Test
    void aNewPhaseBeginsAtZeroAndKnowsNoUserOfTheOldOne() {
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        announced("home", 2, "two"),
                        list(ANN, List.of(), enrolled(5, Step.CONTINUES)),
                        list(ANN, List.of(), new Enrolled("home", "two", "b", 0, Step.BEGINS)));

        assertThat(totals(model)).isEmpty();
        assertThat(totals(model, "home", "b")).containsEntry(Column.USERS, 1L);
    }

    @Test
    void anOlderAnnouncementChangesNothing() {
        Model model = learned(announced("home", 3, "three"), announced("home", 2, "two"));
        assertThat(model.experiments().find("home").map(Definition::salt)).contains("three");

        Model gone =
                learned(Example.ExperimentChanged.deleted("home", 4), announced("home", 4, ""));
        assertThat(gone.experiments().all()).isEmpty();
        assertThat(learned(announced("home", 5, "five")).experiments().all()).hasSize(1);
    }

    @Test
    void definitionsAndDeletedIdsHaveABound() {
        for (int i = 0; i < 300; i++) {
            examples.add(stopped("e" + i, 1, "s"));
            examples.add(Example.ExperimentChanged.deleted("d" + i, 1 + i));
        }
        Definitions known = learned().experiments();

        assertThat(known.all()).hasSize(Definitions.MOST);
        assertThat(known.deleted()).hasSize(Definitions.MAX_DELETED);
        assertThat(known.deleted().firstKey()).isEqualTo("d100");
    }

    @Test
    void ofTheStoppedExperimentsTheOneOfTheLowestVersionLosesItsSumsFirst() {
        for (int i = 0; i < ExperimentOutcomes.MAX_KEPT; i++) {
            examples.add(announced("e" + i, 1, "s"));
        }
        assertThat(sums(learned()).keySet()).as("nothing is stopped").doesNotContain("e39");

        Model model =
                learned(
                        stopped("e7", 9, "s"),
                        stopped("e3", 5, "s"),
                        announced("new", 1, "s"),
                        announced("newer", 1, "s"));

        assertThat(sums(model))
                .hasSize(ExperimentOutcomes.MAX_KEPT)
                .containsKeys("new", "newer", "e8")
                .doesNotContainKeys("e3", "e7");
    }

    @Test
    void armsHaveABound() {
        for (int i = 0; i < 9; i++) {
            examples.add(
                    list(ANN, List.of(), new Enrolled("home", "one", "arm-" + i, 0, Step.BEGINS)));
        }
        assertThat(learned().experimentSums("home").byArm()).hasSize(PhaseSums.MAX_ARMS);
    }

    private static Map<String, PhaseSums> sums(Model model) {
        return model.state().experiments().phases();
    }

    @Test
    void theSumsAreTheSameInEveryOrderOfUsersBatchingAndRedelivery() {
        Random random = new Random(11);
        List<List<Example>> lives = new ArrayList<>();
        for (int user = 0; user < 40; user++) {
            lives.add(life(new Pseudonym(random.nextLong()), user, random));
        }
        Model first = folded(interleaved(lives, new Random(1)), new Random(1));
        byte[] expected = bytes(first);
        for (String arm : List.of("a", "b")) {
            assertThat(totals(first, "home", arm)).isEqualTo(reckoned(lives, arm));
        }
        assertThat(first.experimentSums("home").crossed()).isEqualTo(lives.size());
        for (int round = 2; round < 22; round++) {
            Random chance = new Random(round);
            assertThat(bytes(folded(interleaved(lives, chance), chance)))
                    .as("seed " + round)
                    .isEqualTo(expected);
        }
    }

    /** Returns the totals of an arm by another way: by a look at each example for itself. */
    private static Map<Column, Long> reckoned(List<List<Example>> lives, String arm) {
        Map<Column, Long> totals = new EnumMap<>(Column.class);
        for (Example example : lives.stream().flatMap(List::stream).toList()) {
            List<Enrolled> enrolled =
                    example instanceof Example.Exposure list
                            ? list.enrolled()
                            : ((Example.Interaction) example).standing().enrolled();
            for (Enrolled one : enrolled) {
                if (!one.arm().equals(arm) || one.step() == Step.CROSSES) {
                    continue;
                }
                if (example instanceof Example.Exposure) {
                    totals.merge(Column.LISTS, 1L, Long::sum);
                    if (one.step() == Step.BEGINS) {
                        totals.merge(Column.USERS, 1L, Long::sum);
                        // Each user met the one item before the first list.
                        totals.merge(Column.COVARIATE, 1L, Long::sum);
                    }
                } else if (example instanceof Example.Interaction click) {
                    totals.merge(Column.CLICKS, 1L, Long::sum);
                    if (requireNonNull(click.credit()).first()) {
                        totals.merge(Column.LISTS_CLICKED, 1L, Long::sum);
                    }
                }
            }
        }
        return totals;
    }

    /** Returns what a user does in order, in a shard of the user's own. */
    private List<Example> life(Pseudonym user, int shard, Random random) {
        List<Example> life = new ArrayList<>();
        Enrolled arm =
                new Enrolled("home", "one", random.nextBoolean() ? "a" : "b", 0, Step.BEGINS);
        for (int at = 0; at < 12; at++) {
            ShardPosition source = new ShardPosition("events/" + shard, BigInteger.valueOf(1 + at));
            Enrolled one =
                    new Enrolled(
                            "home",
                            "one",
                            arm.arm(),
                            at,
                            at == 2 ? Step.BEGINS : at == 10 ? Step.CROSSES : Step.CONTINUES);
            List<Enrolled> enrolled = at < 2 || at == 11 ? List.of() : List.of(one);
            Example example =
                    at % 3 == 2
                            ? list(user, List.of(), enrolled.toArray(Enrolled[]::new)).from(source)
                            : act(EventType.CLICK, click(true, random.nextBoolean()))
                                    .by(user)
                                    .with(Standing.enrolled(enrolled))
                                    .from(source);
            life.add(example);
        }
        return life;
    }

    private static List<Example> interleaved(List<List<Example>> lives, Random random) {
        List<Integer> turns = new ArrayList<>();
        for (int i = 0; i < lives.size(); i++) {
            turns.addAll(Collections.nCopies(lives.get(i).size(), i));
        }
        Collections.shuffle(turns, random);
        int[] next = new int[lives.size()];
        return turns.stream().map(i -> lives.get(i).get(next[i]++)).toList();
    }

    /** Folds in batches, each of which begins with some examples of the one before again. */
    private static Model folded(List<Example> inOrder, Random random) {
        Model model = Trainer.train(Model.EMPTY, List.of(announced("home", 1, "one"))).model();
        int from = 0;
        while (from < inOrder.size()) {
            int to = Math.min(inOrder.size(), from + 1 + random.nextInt(60));
            List<Example> batch = new ArrayList<>(inOrder.subList(Math.max(0, from - 9), to));
            batch.add(announced("home", 1, "one"));
            model = Trainer.train(model, batch).model();
            if (random.nextInt(4) == 0) {
                model = SnapshotCodec.decode(SnapshotCodec.encode(model));
            }
            from = to;
        }
        return model;
    }

    /** Returns the bytes of the experiments alone: other parts depend on the order of users. */
    private static byte[] bytes(Model model) {
        Model.State of = model.state();
        Model.State none = Model.EMPTY.state();
        return SnapshotCodec.encode(
                new Model(
                        model.settings(),
                        new Model.State(
                                none.items(),
                                none.counts(),
                                none.ratings(),
                                none.scoped(),
                                none.baskets(),
                                none.terms(),
                                none.embeddings(),
                                none.windows(),
                                none.learned(),
                                none.waiting(),
                                none.outcomes(),
                                of.experiments(),
                                none.audience(),
                                none.memory(),
                                none.totals(),
                                none.marks(),
                                none.clock())));
    }

    @Test
    void aFollowerHasTheBytesOfTheTrainerAndASnapshotKeepsThem() {
        Model model =
                learned(
                        list(ANN, List.of(), enrolled(0, Step.BEGINS)),
                        stopped("other", 4, "o"),
                        Example.ExperimentChanged.deleted("gone", 4));
        Trainer.Step step = Trainer.train(Model.EMPTY, examples);
        Model read = SnapshotCodec.decode(SnapshotCodec.encode(model));

        assertThat(
                        SnapshotCodec.encode(
                                Trainer.follow(Model.EMPTY, DeltaCodec.decode(step.delta()))))
                .isEqualTo(SnapshotCodec.encode(model));
        assertThat(SnapshotCodec.encode(read)).isEqualTo(SnapshotCodec.encode(model));
        assertThat(read.experiments().all()).isEqualTo(model.experiments().all());
        assertThat(totals(read)).isEqualTo(totals(model)).isNotEmpty();
    }

    @Test
    void versionsWithoutAChangeShareTheDefinitions() {
        Model model = learned();
        Model next =
                Trainer.train(model, List.of(list(ANN, List.of(), enrolled(0, Step.BEGINS))))
                        .model();

        assertThat(next.experiments()).isSameAs(model.experiments());
    }
}
