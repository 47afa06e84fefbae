package dev.freshet.model.sums;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.interleaved;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.enrolment.Enrolment.Enrolled.Step;
import dev.freshet.enrolment.Enrolment.GroupKind;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Components;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
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

    private static final Enrolled BEGINS = enrolled(0, Step.BEGINS);

    private final List<Example> examples = new ArrayList<>(List.of(announced("home", 1, "one")));
    private int sequence;

    private static Example.Definition announced(String id, long version, String salt) {
        return new Definition(id, version, new Phase(true, salt, WINDOW, "BRL"), "{}");
    }

    private static Example.Definition stopped(String id, long version, String salt) {
        return new Definition(id, version, new Phase(false, salt, WINDOW, "BRL"), "{}");
    }

    private static Enrolled enrolled(int seconds, Step step) {
        return new Enrolled("home", "one", "a", seconds, step);
    }

    private static Enrolled later(int seconds) {
        return enrolled(seconds, Step.CONTINUES);
    }

    private ShardPosition next() {
        return new ShardPosition("events/0", BigInteger.valueOf(++sequence));
    }

    private Example.Exposure list(Enrolled... enrolled) {
        return list(ANN, List.of(), enrolled);
    }

    private Example.Exposure list(Pseudonym user, List<ListCredit> earlier, Enrolled... enrolled) {
        List<String> arms = List.of("home:a");
        Example.Exposure shown =
                Example.Exposure.of(next(), user, 24 * DAY, "home", arms, List.of());
        return Components.with(
                Components.with(shown, "earlier", earlier), "enrolled", List.of(enrolled));
    }

    private Example.Interaction act(
            EventType type, @Nullable ListCredit credit, Enrolled... enrolled) {
        return act("tea", type, NOON).credited(credit).with(Standing.enrolled(List.of(enrolled)));
    }

    private Example.Interaction act(String item, EventType type, Instant at) {
        Context context = Context.of("mobile", "BR", 9);
        return new Example.Interaction(next(), ANN, Target.item(item), type, 1, 0, at, context);
    }

    private Example.Interaction clicked(boolean seen, boolean first, Enrolled... enrolled) {
        return act(EventType.CLICK, click(seen, first), enrolled);
    }

    private Example.Interaction hidden(Enrolled... enrolled) {
        return act(EventType.HIDE, null, enrolled);
    }

    private Example.Interaction bought(String currency, Enrolled... enrolled) {
        ListCredit sold = credit(OutcomeKind.CONVERSION).worth(70_000, currency);
        return act(EventType.PURCHASE, sold, enrolled);
    }

    private static ListCredit click(boolean seen, boolean first) {
        return credit(OutcomeKind.CLICK).clicked(seen, first, List.of());
    }

    private static ListCredit credit(OutcomeKind kind) {
        return ListCredit.of(
                kind, new ListCredit.ListPlace(true, "home", List.of("home:a"), 24 * DAY, 0, 1));
    }

    private Model after(Example... more) {
        examples.addAll(List.of(more));
        return learned(examples);
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
                after(
                        list(BEGINS),
                        clicked(true, true, later(5)),
                        clicked(true, false, later(6)),
                        list(later(60)),
                        bought("BRL", later(90)),
                        hidden(later(95)));

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
        Model model = after(list(), act(EventType.VIEW, null, later(1)), clicked(true, true));

        assertThat(totals(model)).isEmpty();
    }

    @Test
    void clicksBeforeTheImpressionOfTheirListCountOnce() {
        Model enrolling =
                after(clicked(false, true), list(ANN, List.of(click(true, true)), BEGINS));
        assertThat(totals(enrolling)).containsEntry(Column.CLICKS, 1L);
        assertThat(totals(enrolling)).containsEntry(Column.LISTS_CLICKED, 1L);

        Model later =
                after(
                        clicked(false, true, later(9)),
                        list(ANN, List.of(click(true, true)), later(10)));
        assertThat(totals(later)).containsEntry(Column.CLICKS, 2L);
        assertThat(totals(later)).containsEntry(Column.LISTS_CLICKED, 2L);
    }

    @Test
    void clicksThatComeLateOrFromNoListAreClicksOfTheUser() {
        ListCredit ofNoList = ListCredit.unattributed(OutcomeKind.CLICK, 24 * DAY);
        Model model =
                after(
                        act(EventType.CLICK, credit(OutcomeKind.LATE_CLICK), later(1)),
                        act(EventType.CLICK, ofNoList, later(2)));

        assertThat(totals(model)).isEqualTo(Map.of(Column.CLICKS, 2L));
    }

    @Test
    void aListWithoutATokenIsNoListOfTheExperiment() {
        Example.Exposure tokenless = Components.with(list(later(3)), "attributed", false);
        tokenless = Components.with(tokenless, "placement", "");
        tokenless = Components.with(tokenless, "arms", List.of());

        assertThat(totals(after(tokenless))).isEmpty();
    }

    @Test
    void revenueInAnotherCurrencyIsNoRevenueButAConversion() {
        assertThat(totals(after(bought("EUR", later(1)))))
                .isEqualTo(Map.of(Column.CONVERSIONS, 1L));
    }

    @Test
    void aRetractionTakesBackWhatItsInteractionCountedButNoClick() {
        Example.Interaction bought = bought("BRL", later(1));
        Example.Interaction hidden = hidden(later(2));
        Example.Interaction clicked = clicked(true, true, later(3));

        Model model =
                after(
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
        Model model = after(hidden(later(WINDOW)), hidden(later(WINDOW + 1)));

        assertThat(totals(model)).isEqualTo(Map.of(Column.HIDES, 1L));
    }

    @Test
    void aUserWhoCrossesArmsIsCountedAndWhatCameBeforeStays() {
        Enrolled crosses = enrolled(9, Step.CROSSES);
        Model model =
                after(
                        list(BEGINS),
                        list(crosses),
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
        Model model = after(list(BEGINS), met("later", NOON), list(later(5)));

        assertThat(totals(model)).containsEntry(Column.COVARIATE, 3L);
    }

    private Example.Interaction met(String item, Instant at) {
        return act(item, EventType.VIEW, at);
    }

    @Test
    void anExperimentThatDoesNotRunKeepsItsSumsAndGetsNoMore() {
        Model model = after(list(BEGINS), stopped("home", 2, "one"), list(later(5)));
        assertThat(totals(model)).containsEntry(Column.LISTS, 1L);

        assertThat(totals(after(Definition.deleted("home", 3)))).isEmpty();
    }

    @Test
    void aNewPhaseBeginsAtZeroAndKnowsNoUserOfTheOldOne() {
        Model model =
                after(
                        list(BEGINS),
                        announced("home", 2, "two"),
                        list(later(5)),
                        list(new Enrolled("home", "two", "b", 0, Step.BEGINS)));

        assertThat(totals(model)).isEmpty();
        assertThat(totals(model, "home", "b")).containsEntry(Column.USERS, 1L);
    }

    @Test
    void anOlderAnnouncementChangesNothing() {
        Model model = after(announced("home", 3, "three"), announced("home", 2, "two"));
        assertThat(model.experiments().find("home").map(Definition::version)).contains(3L);

        Model gone = after(Definition.deleted("home", 4), announced("home", 4, ""));
        assertThat(gone.experiments().all()).isEmpty();
        assertThat(after(announced("home", 5, "five")).experiments().all()).hasSize(1);
    }

    @Test
    void definitionsAndDeletedIdsHaveABound() {
        for (int i = 0; i < 300; i++) {
            examples.add(stopped("e" + i, 1, "s"));
            examples.add(Definition.deleted("d" + i, 1 + i));
        }
        Definitions known = after().experiments();

        assertThat(known.all()).hasSize(Definitions.MOST);
        assertThat(known.deleted()).hasSize(Definitions.MAX_DELETED);
        assertThat(known.deleted().firstKey()).isEqualTo("d100");
    }

    @Test
    void ofTheStoppedExperimentsTheOneOfTheLowestVersionLosesItsSumsFirst() {
        for (int i = 0; i < ExperimentOutcomes.MAX_KEPT; i++) {
            examples.add(announced("e" + i, 1, "s"));
        }
        assertThat(sums(after()).keySet()).as("nothing is stopped").doesNotContain("e39");

        Model model =
                after(
                        stopped("e7", 9, "s"),
                        stopped("e3", 5, "s"),
                        announced("new", 1, "s"),
                        announced("newer", 1, "s"));

        assertThat(sums(model))
                .hasSize(ExperimentOutcomes.MAX_KEPT)
                .containsKeys("new", "newer", "e8")
                .doesNotContainKeys("e3", "e7");
    }

    private static Map<String, ExperimentSums> ofGroups(Model model, GroupKind kind) {
        return model.experimentSums("home").groups(kind);
    }

    @Test
    void whatAUserDoesIsAlsoSummedInTheGroupsOfTheFirstImpression() {
        List<String> groups = List.of("s3", "");
        Enrolled begins = new Enrolled("home", "one", "a", 0, Step.BEGINS, groups);
        Enrolled later = new Enrolled("home", "one", "a", 9, Step.CONTINUES, groups);
        Enrolled tooLate = new Enrolled("home", "one", "a", WINDOW + 1, Step.CONTINUES, groups);
        Enrolled crosses = new Enrolled("home", "one", "a", 99, Step.CROSSES, groups);
        Example.Interaction refunded = bought("BRL", later);
        Model model =
                after(
                        list(begins),
                        clicked(true, true, later),
                        hidden(tooLate),
                        refunded,
                        new Example.Retraction(next(), refunded),
                        list(crosses));

        BucketSums sums = requireNonNull(ofGroups(model, GroupKind.SEGMENT).get("s3")).of("a");
        assertThat(sums.buckets()).isEqualTo(BucketSums.GROUP_BUCKETS);
        for (Column column : Column.values()) {
            assertThat(sums.total(column))
                    .as("%s", column)
                    .isEqualTo(totals(model).getOrDefault(column, 0L));
        }
        assertThat(sums.get(7 / 8, Column.CLICKS)).isEqualTo(1);
        assertThat(ofGroups(model, GroupKind.DEVICE)).containsOnlyKeys("");
        assertThat(ofGroups(after(list(BEGINS)), GroupKind.DEVICE))
                .as("a user whose groups were not noted counts in none")
                .isEqualTo(ofGroups(model, GroupKind.DEVICE));
        assertSameBytes(reread(model), model);
    }

    @Test
    void furtherSegmentsAreSummedTogether() {
        for (int i = 0; i < 12; i++) {
            List<String> groups = List.of("s" + i, "mobile");
            examples.add(list(new Enrolled("home", "one", "a", 0, Step.BEGINS, groups)));
            examples.add(list(new Enrolled("home", "one", "b", 0, Step.BEGINS, groups)));
        }
        Map<String, ExperimentSums> segments = ofGroups(after(), GroupKind.SEGMENT);

        assertThat(segments).hasSize(PhaseSums.MAX_GROUPS + 1).containsKeys("s0", "s7");
        for (String arm : List.of("a", "b")) {
            assertThat(requireNonNull(segments.get(PhaseSums.OTHERS)).of(arm).total(Column.USERS))
                    .isEqualTo(4);
        }
    }

    @Test
    void armsHaveABound() {
        for (int i = 0; i < 9; i++) {
            examples.add(list(new Enrolled("home", "one", "arm-" + i, 0, Step.BEGINS)));
        }
        assertThat(after().experimentSums("home").byArm()).hasSize(PhaseSums.MAX_ARMS);
    }

    private static Map<String, PhaseSums> sums(Model model) {
        return model.part(ExperimentOutcomes.PART).phases();
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
        assertThat(ofGroups(first, GroupKind.SEGMENT)).hasSize(3);
        assertThat(ofGroups(first, GroupKind.DEVICE)).containsOnlyKeys("", "mobile");
        for (GroupKind kind : GroupKind.values()) {
            for (Column column : Column.values()) {
                assertThat(
                                ofGroups(first, kind).values().stream()
                                        .mapToLong(group -> group.of("a").total(column))
                                        .sum())
                        .isEqualTo(first.experimentSums("home").of("a").total(column));
            }
        }
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
        String arm = random.nextBoolean() ? "a" : "b";
        for (int at = 0; at < 12; at++) {
            ShardPosition source = new ShardPosition("events/" + shard, BigInteger.valueOf(1 + at));
            Step step = at == 2 ? Step.BEGINS : at == 10 ? Step.CROSSES : Step.CONTINUES;
            List<String> groups = List.of("s" + shard % 3, shard % 2 == 0 ? "mobile" : "");
            Enrolled one = new Enrolled("home", "one", arm, at, step, groups);
            List<Enrolled> enrolled = at < 2 || at == 11 ? List.of() : List.of(one);
            Example example =
                    at % 3 == 2
                            ? list(user, List.of(), enrolled.toArray(Enrolled[]::new)).from(source)
                            : clicked(true, random.nextBoolean())
                                    .by(user)
                                    .with(Standing.enrolled(enrolled))
                                    .from(source);
            life.add(example);
        }
        return life;
    }

    /** Folds in batches, each of which begins with some examples of the one before again. */
    private static Model folded(List<Example> inOrder, Random random) {
        Model model = learned(announced("home", 1, "one"));
        int from = 0;
        while (from < inOrder.size()) {
            int to = Math.min(inOrder.size(), from + 1 + random.nextInt(60));
            List<Example> batch = new ArrayList<>(inOrder.subList(Math.max(0, from - 9), to));
            batch.add(announced("home", 1, "one"));
            model = learned(model, batch);
            if (random.nextInt(4) == 0) {
                model = reread(model);
            }
            from = to;
        }
        return model;
    }

    /** Returns the bytes of the experiments alone: other parts depend on the order of users. */
    private static byte[] bytes(Model model) {
        ExperimentOutcomes experiments = model.part(ExperimentOutcomes.PART);
        return SnapshotCodec.encode(
                Model.empty(model.settings()).with(ExperimentOutcomes.PART, experiments));
    }

    @Test
    void aFollowerHasTheBytesOfTheTrainerAndASnapshotKeepsThem() {
        Model model = after(list(BEGINS), stopped("other", 4, "o"), Definition.deleted("gone", 4));
        Trainer.Step step = Trainer.train(Model.EMPTY, examples);
        Model read = reread(model);

        assertSameBytes(Trainer.follow(Model.EMPTY, DeltaCodec.decode(step.delta())), model);
        assertSameBytes(read, model);
        assertThat(read.experiments().all()).isEqualTo(model.experiments().all());
        assertThat(totals(read)).isEqualTo(totals(model)).isNotEmpty();
    }

    @Test
    void versionsWithoutAChangeShareTheDefinitions() {
        Model model = after();
        assertThat(learned(model, list(BEGINS)).experiments()).isSameAs(model.experiments());
    }
}
