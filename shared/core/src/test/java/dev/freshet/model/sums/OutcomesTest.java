package dev.freshet.model.sums;

import static dev.freshet.model.Examples.assertSameBytes;
import static dev.freshet.model.Examples.learned;
import static dev.freshet.model.Examples.reread;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Exposure.Place;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.sums.OutcomeHistory.StoredOutcomes;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutcomesTest {
    private static final int DAY = 20_781;

    private int sequence;

    private Example.Exposure list(int day, String placement) {
        return list(day, placement, List.of());
    }

    private Example.Exposure list(int day, String placement, List<String> arms) {
        Place tea = new Place("tea", 0, 5, false);
        return list(sequence + 1, 24 * day, placement, arms, List.of(tea));
    }

    private Example.Exposure list(
            long user, int hour, String placement, List<String> arms, List<Place> places) {
        ShardPosition source = new ShardPosition("events/0", BigInteger.valueOf(++sequence));
        return Example.Exposure.of(source, new Pseudonym(user), hour, placement, arms, places);
    }

    private static ListCredit bought(int day, long amount, String currency) {
        return ListCredit.of(
                        OutcomeKind.CONVERSION,
                        new ListCredit.ListPlace(true, "home", List.of(), 24 * day, 0, 1))
                .worth(amount, currency);
    }

    private static Outcomes shown(Outcomes from, Example.Exposure... lists) {
        return learned(Model.EMPTY.with(Outcomes.PART, from), lists).outcomes();
    }

    private static Outcomes firstShown(Example.Exposure... lists) {
        return shown(Outcomes.NONE, lists);
    }

    private static OutcomeSums sums(OutcomeDay day, OutcomePair pair) {
        return day.pairs().getOrDefault(pair, OutcomeSums.NONE);
    }

    private static long lists(OutcomeDay day, String placement, String arm) {
        return lists(day, new OutcomePair(placement, arm));
    }

    private static long lists(OutcomeDay day, OutcomePair pair) {
        return sums(day, pair).get(OutcomeCount.LISTS);
    }

    private static List<Integer> days(List<OutcomeDay> days) {
        return days.stream().map(OutcomeDay::day).toList();
    }

    private Example.Exposure newcomer(int day, String itemId) {
        List<Place> places =
                List.of(new Place(itemId, 4, 5, true, true), new Place("tea", 5, 5, true, false));
        return list(sequence + 1, 24 * day, "home", List.of(), places);
    }

    @Test
    void showingsAsNewItemsAreCountedUntilTheDayChanges() {
        Outcomes today =
                firstShown(newcomer(DAY, "new"), newcomer(DAY, "new"), newcomer(DAY, "other"));

        assertThat(today.shownAsNewcomer(DAY, "new")).isEqualTo(2);
        assertThat(today.shownAsNewcomer(DAY, "other")).isEqualTo(1);
        assertThat(today.shownAsNewcomer(DAY, "tea")).isZero();
        assertThat(today.shownAsNewcomer(DAY + 1, "new")).isZero();

        Outcomes next = shown(today, newcomer(DAY + 1, "new"), newcomer(DAY, "new"));

        assertThat(next.shownAsNewcomer(DAY + 1, "new")).isEqualTo(1);
        assertThat(next.shownAsNewcomer(DAY, "new")).isZero();
    }

    @Test
    void ofManyNewItemsTheFirstOfADayAreCounted() {
        Example.Exposure[] lists =
                IntStream.range(0, OutcomeDay.MAX_NEWCOMERS + 5)
                        .mapToObj(item -> newcomer(DAY, "new-" + item))
                        .toArray(Example.Exposure[]::new);
        assertThat(firstShown(lists).days().getFirst().newcomers())
                .hasSize(OutcomeDay.MAX_NEWCOMERS);
    }

    @Test
    void theListsOfASegmentAreSummedOverAllPlacements() {
        Outcomes outcomes =
                firstShown(
                        list(DAY, "home", List.of("e:a", ":s1")),
                        list(DAY, "foot", List.of(":s1")),
                        list(DAY, "foot", List.of(":s2")));
        OutcomeDay day = outcomes.days().getFirst();

        assertThat(lists(day, OutcomePair.ofSegment("s1"))).isEqualTo(2);
        assertThat(lists(day, OutcomePair.ofSegment("s2"))).isEqualTo(1);
        assertThat(lists(day, "foot", "")).isEqualTo(2);
        assertThat(day.pairs().keySet())
                .containsExactlyInAnyOrder(
                        new OutcomePair("home", ""),
                        new OutcomePair("home", "e:a"),
                        new OutcomePair("foot", ""),
                        OutcomePair.ofSegment("s1"),
                        OutcomePair.ofSegment("s2"));
    }

    @Test
    void segmentsTakeNoRoomFromPlacementsAndFurtherOnesAreSummedTogether() {
        List<Example.Exposure> lists = new ArrayList<>();
        for (int segment = 0; segment < Outcomes.MAX_SEGMENTS + 3; segment++) {
            lists.add(list(DAY, "home", List.of(":s" + segment)));
        }
        for (int placement = 1; placement < Outcomes.MAX_PAIRS; placement++) {
            lists.add(list(DAY, "p" + placement));
        }
        Outcomes outcomes = firstShown(lists.toArray(Example.Exposure[]::new));
        OutcomeDay day = outcomes.days().getFirst();

        assertThat(lists(day, OutcomePair.OTHER_SEGMENTS)).isEqualTo(3);
        assertThat(day.pairs().keySet()).allMatch(pair -> pair.isTold() || pair.isOfSegment());
        assertThat(day.pairs()).hasSize(Outcomes.MAX_PAIRS + Outcomes.MAX_SEGMENTS + 1);
        assertThat(Outcomes.of(outcomes.days(), outcomes.hours(), 0).days()).hasSize(1);
        assertThat(reread(learned(lists)).outcomes().days()).hasSize(1);
    }

    @Test
    void showingsAsNewItemsComeBackFromASnapshot() {
        Model read = reread(learned(newcomer(DAY, "new"), newcomer(DAY, "new")));
        assertThat(read.outcomes().shownAsNewcomer(DAY, "new")).isEqualTo(2);
    }

    @Test
    void nineDaysAreOpenAndAnEarlierOneIsClosedWithItsLastSums() {
        Outcomes outcomes = Outcomes.NONE;
        for (int day = 0; day < 9; day++) {
            outcomes = shown(outcomes, list(DAY + day, "home"));
        }
        assertThat(days(outcomes.days())).hasSize(9).startsWith(DAY);

        Outcomes next = shown(outcomes, list(DAY, "home"), list(DAY + 9, "home"));

        assertThat(days(next.days())).hasSize(9).startsWith(DAY + 1).endsWith(DAY + 9);
        assertThat(days(next.retired())).containsExactly(DAY);
        assertThat(next.retired().getFirst().pairs().values())
                .extracting(sums -> sums.get(OutcomeCount.LISTS))
                .containsExactly(2L);
        assertThat(shown(next, list(DAY + 9, "home")).retired()).isEmpty();
    }

    @Test
    void whatComesForAClosedDayIsLeftOutAndCounted() {
        Outcomes outcomes = firstShown(list(DAY + 9, "home"), list(DAY, "home"));

        assertThat(days(outcomes.days())).containsExactly(DAY + 9);
        assertThat(outcomes.tooLate()).isEqualTo(1);
    }

    @Test
    void daysAreStoredWhenTheNextOneBeginsAndOnlyThen() {
        Outcomes one = firstShown(list(DAY, "home"));
        assertThat(one.toStore(Outcomes.NONE)).isEmpty();
        Outcomes same = shown(one, list(DAY, "home"));
        assertThat(same.toStore(one)).isEmpty();
        Outcomes two = shown(same, list(DAY + 1, "home"));
        assertThat(days(two.toStore(same))).containsExactly(DAY);
        Outcomes far = shown(two, list(DAY + 9, "home"));
        assertThat(days(far.toStore(two))).containsExactly(DAY, DAY + 1);
    }

    @Test
    void aListCountsForItsPlacementAndForEachOfItsArms() {
        OutcomeDay day =
                firstShown(
                                list(DAY, "home"),
                                list(DAY, "home", List.of("e:a", "f:b")),
                                list(DAY, "home", List.of("e:a")))
                        .days()
                        .getFirst();

        assertThat(lists(day, "home", "")).isEqualTo(3);
        assertThat(lists(day, "home", "e:a")).isEqualTo(2);
        assertThat(lists(day, "home", "f:b")).isEqualTo(1);
    }

    @Test
    void armsOfPlacementsBeyondTheBoundAreToldApart() {
        Outcomes outcomes = Outcomes.NONE;
        for (int i = 0; i < 70; i++) {
            outcomes = shown(outcomes, list(DAY, "placement-" + i, List.of("e:a")));
        }

        OutcomeDay day = outcomes.days().getFirst();
        assertThat(lists(day, OutcomePair.OTHERS, "")).isEqualTo(38);
        assertThat(lists(day, OutcomePair.OTHERS, "e:a")).isEqualTo(38);
    }

    @Test
    void placementsBeyondTheBoundAreCountedTogether() {
        Outcomes outcomes = Outcomes.NONE;
        for (int i = 0; i < 100; i++) {
            outcomes = shown(outcomes, list(DAY, "placement-" + i), list(DAY, "placement-1"));
        }

        OutcomeDay day = outcomes.days().getFirst();
        assertThat(day.pairs()).hasSize(Outcomes.MAX_PAIRS + 1);
        assertThat(lists(day, OutcomePair.OTHERS, "")).isEqualTo(36);
        assertThat(day.pairs().keySet().stream().mapToLong(pair -> lists(day, pair)).sum())
                .isEqualTo(200);
    }

    @Test
    void revenueInMoreThanFourCurrenciesIsLeftOut() {
        Examples examples = new Examples();
        List<Example> bought = new ArrayList<>();
        for (String currency : List.of("EUR", "BRL", "USD", "GBP", "SEK", "EUR")) {
            bought.add(examples.interaction(1, "tea").credited(bought(DAY, 10, currency)));
        }

        OutcomeDay day = learned(bought).outcomes().days().getFirst();
        OutcomeSums sums = sums(day, new OutcomePair("home", ""));
        assertThat(sums.revenue()).containsOnlyKeys("EUR", "BRL", "USD", "GBP");
        assertThat(sums.revenue()).containsEntry("EUR", 20L);
        assertThat(sums.get(OutcomeCount.CONVERSIONS)).isEqualTo(6);
    }

    @Test
    void theSumsAreTheSameInEveryOrderAndBatching() {
        List<Example> examples = Examples.times(200, i -> list(DAY + i % 3, "placement-" + i % 5));
        Outcomes expected = learned(examples).outcomes();
        Random random = new Random(7);
        for (int round = 0; round < 20; round++) {
            List<Example> order = new ArrayList<>(examples);
            Collections.shuffle(order, random);
            List<Example> shuffled = new ArrayList<>();
            for (Example one : order) {
                BigInteger position = BigInteger.valueOf(10_000L + shuffled.size());
                shuffled.add(
                        ((Example.Exposure) one).from(new ShardPosition("events/0", position)));
            }
            int cut = random.nextInt(shuffled.size());
            Model first = learned(shuffled.subList(0, cut));
            Model both = learned(first, shuffled.subList(cut, shuffled.size()));
            assertThat(both.outcomes().days()).isEqualTo(expected.days());
        }
    }

    @Test
    void aSnapshotKeepsTheSumsAndEqualOnesHaveEqualBytes() {
        Model model = learned(list(DAY, "home"), list(DAY + 1, "article"));
        Model read = reread(model);

        assertThat(read.outcomes().days()).isEqualTo(model.outcomes().days());
        assertSameBytes(read, model);
    }

    private Example.Exposure issued(int hour, String placement, long user, int places) {
        List<Place> shown = new ArrayList<>();
        for (int position = 0; position < places; position++) {
            shown.add(new Place("tea" + position, position, 0x1FFF, false));
        }
        return list(user, hour, placement, List.of("e:a"), shown);
    }

    private static ListCredit click(int hour, int position) {
        return ListCredit.of(
                        OutcomeKind.CLICK,
                        new ListCredit.ListPlace(true, "home", List.of("e:a"), hour, position, 5))
                .clicked(true, true, List.of());
    }

    private static OutcomeSums hour(Outcomes outcomes, int hour, String placement) {
        return outcomes.hours()
                .sums()
                .getOrDefault(hour, Collections.emptySortedMap())
                .getOrDefault(placement, OutcomeSums.NONE);
    }

    @Test
    void listsCountInTheHourOfTheirIssueAndSoDoTheirClicks() {
        int nine = 24 * DAY + 9;
        Outcomes outcomes =
                learned(
                                issued(nine, "home", 1, 3),
                                issued(nine + 1, "home", 2, 3),
                                issued(nine + 1, "article", 2, 3),
                                new Examples().interaction(1, "tea").credited(click(nine, 2)))
                        .outcomes();

        assertThat(outcomes.hours().sums()).containsOnlyKeys(nine, nine + 1);
        OutcomeSums home = hour(outcomes, nine, "home");
        assertThat(home.get(OutcomeCount.LISTS)).isEqualTo(1);
        assertThat(home.get(OutcomeCount.PLACES)).isEqualTo(3);
        assertThat(home.get(OutcomeCount.CLICKS)).isEqualTo(1);
        assertThat(home.listsClickedOf(0)).isEqualTo(1);
        assertThat(home.ofPart(OutcomeSums.partOfPosition(2), OutcomeCount.CLICKS))
                .as("hours have no parts")
                .isZero();
        assertThat(hour(outcomes, nine + 1, "home").get(OutcomeCount.CLICKS)).isZero();
        OutcomeSums day = sums(outcomes.days().getFirst(), new OutcomePair("home", ""));
        assertThat(day.get(OutcomeCount.LISTS)).isEqualTo(2);
        assertThat(day.ofPart(OutcomeSums.partOfPosition(2), OutcomeCount.CLICKS)).isEqualTo(1);
    }

    @Test
    void hoursAreKeptForEightDaysInWhateverOrderListsArrive() {
        int newest = 24 * DAY + 200;
        int oldest = newest - OutcomeHours.HOURS + 1;
        List<Example.Exposure> lists = new ArrayList<>();
        for (int hour = newest - 210; hour <= newest; hour++) {
            lists.add(issued(hour, "home", hour, 1));
        }
        Outcomes inOrder = firstShown(lists.toArray(Example.Exposure[]::new));
        assertThat(inOrder.hours().sums()).hasSize(OutcomeHours.HOURS);
        assertThat(inOrder.hours().sums().firstKey()).isEqualTo(oldest);
        assertThat(inOrder.hours().oldestKept()).isEqualTo(oldest);

        Collections.shuffle(lists, new Random(3));
        Outcomes shuffled = Outcomes.NONE;
        for (Example.Exposure list : lists) {
            shuffled = shown(shuffled, list);
        }
        assertThat(shuffled.hours().sums()).isEqualTo(inOrder.hours().sums());
    }

    @Test
    void furtherPlacementsOfAnHourAreCountedTogether() {
        int hour = 24 * DAY;
        Outcomes outcomes = Outcomes.NONE;
        for (int i = 0; i < 20; i++) {
            outcomes =
                    shown(
                            outcomes,
                            issued(hour, "placement-" + i, i, 1),
                            issued(hour, "placement-1", i, 1));
        }
        assertThat(outcomes.hours().sums().get(hour)).hasSize(OutcomeHours.MAX_PLACEMENTS + 1);
        assertThat(hour(outcomes, hour, OutcomePair.OTHERS).get(OutcomeCount.LISTS)).isEqualTo(4);
        assertThat(hour(outcomes, hour, "placement-1").get(OutcomeCount.LISTS)).isEqualTo(21);
    }

    @Test
    void bucketsOfPartsAddUpToThePartsOfTheFirstPlacementsOfADay() {
        List<Example> lists = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            for (long user = 0; user < 64; user++) {
                lists.add(issued(24 * DAY, "placement-" + i, user << 58, 4));
            }
        }
        lists.add(issued(24 * DAY, "home", 0, 4));
        Outcomes outcomes = learned(lists).outcomes();
        OutcomeDay day = outcomes.days().getFirst();
        assertThat(
                        day.pairs().entrySet().stream()
                                .filter(pair -> pair.getValue().hasPartBuckets())
                                .map(pair -> pair.getKey()))
                .hasSize(Outcomes.MAX_WITH_PART_BUCKETS)
                .allMatch(OutcomePair::isOfPlacement);

        OutcomeSums first = sums(day, new OutcomePair("placement-0", ""));
        for (int bucket = 0; bucket < OutcomeSums.BUCKETS; bucket++) {
            assertThat(first.placesOfPart(OutcomeSums.partOfPosition(3), bucket)).isEqualTo(1);
            assertThat(first.placesOfPart(OutcomeSums.partOfPosition(4), bucket)).isZero();
            assertThat(first.placesOfPart(OutcomeSums.partOfSource(12), bucket)).isEqualTo(4);
        }
        assertThat(first.plus(first).hasPartBuckets()).isFalse();
        assertThat(new StoredOutcomes(DAY, null, first, 1).sums().hasPartBuckets()).isFalse();
    }

    /** The figures are those of docs/model.md. */
    @Test
    void theBytesOfOutcomesStayWithinWhatTheBoundsAllow() {
        int typical = bytes(3, 1_500);
        int many = bytes(16, 1_500);
        System.out.printf("outcomes in a snapshot: usual %,d B, many %,d B%n", typical, many);

        assertThat(typical).isLessThan(400 << 10);
        assertThat(many).isLessThan(1_300 << 10);
    }

    /** Returns the bytes of nine days of placements with lists of ten places by many users. */
    private int bytes(int placements, int listsOfADay) {
        Random random = new Random(5);
        List<Example> lists = new ArrayList<>();
        for (int day = 0; day < Outcomes.OPEN_DAYS; day++) {
            for (int list = 0; list < listsOfADay; list++) {
                int hour = 24 * (DAY + day) + random.nextInt(24);
                for (int placement = 0; placement < placements; placement++) {
                    lists.add(issued(hour, "placement-" + placement, random.nextLong(), 10));
                }
            }
        }
        return SnapshotCodec.encode(learned(lists)).length
                - SnapshotCodec.encode(Model.EMPTY).length;
    }
}
