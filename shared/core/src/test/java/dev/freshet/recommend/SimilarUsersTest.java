package dev.freshet.recommend;

import static dev.freshet.model.Examples.reread;
import static dev.freshet.recommend.SiteFixture.HOUR;
import static dev.freshet.recommend.SiteFixture.MINUTE;
import static dev.freshet.recommend.SiteFixture.down;
import static dev.freshet.recommend.SiteFixture.view;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.event.Consent;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Standing;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.recommend.UserGroup.Counted;
import dev.freshet.recommend.UserGroup.Untold;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SimilarUsersTest {
    private static final int SEEDS =
            Math.min(50, Integer.getInteger("freshet.simulation.seeds", 50));
    private static final int FIRST = Integer.getInteger("freshet.simulation.first", 1);
    private static final int K = 3;
    private static final String PERSON = "the person";
    private static final String STRANGER = "the stranger";

    private static Site site(int k) {
        return new Site(
                Model.empty(new ModelSettings(10_000, 100_000, 10_000, false).withKAnonymity(k)));
    }

    private static Site catalogue(int k) {
        return site(k).put(
                        Site.article("cup", "Cup final tonight", "football", "sport").author("eve"),
                        Site.article("striker", "Striker moves north", "football").author("eve"),
                        Site.article("soup", "Winter soup recipes", "cooking").author("max"),
                        Site.article("bread", "Bread in a day", "cooking"));
    }

    private static UserGroup describe(Site site, String user) {
        return site.similarUsers().describe(user, 100);
    }

    private static SimilarUsers flow(Site site, Users users, Model model) {
        return new SimilarUsers(
                site.interactions,
                users,
                id -> new Pseudonym(id.hashCode()),
                () -> new ServedModel(model, 3, Duration.ZERO, List.of()));
    }

    private static Map<String, Integer> people(List<Counted> counts) {
        Map<String, Integer> people = new TreeMap<>();
        counts.forEach(one -> people.put(one.id(), one.people()));
        return people;
    }

    @Test
    void aGroupIsDescribedByWhatAtLeastKOfItsPeopleHold() {
        Site site = catalogue(K).reads("ana", MINUTE, "cup");
        site.crowdReads(11, Duration.ofHours(2), "cup", "striker");
        site.crowdReads(2, HOUR, "cup", "soup");
        site.crowdReads(20, HOUR, "bread");

        UserGroup group = describe(site, "ana");

        assertThat(group.untold()).isNull();
        assertThat(group.modelVersion()).isEqualTo(3);
        assertThat(group.people()).isEqualTo(12);
        assertThat(group.items())
                .containsExactly(
                        new Counted("cup", "Cup final tonight", 12),
                        new Counted("striker", "Striker moves north", 9));
        assertThat(group.tags())
                .containsExactly(new Counted("football", null, 12), new Counted("sport", null, 12));
        assertThat(group.authors()).containsExactly(new Counted("eve", null, 12));
    }

    @Test
    void aPersonIsCountedOnceHoweverOftenTheItemIsReadOrTheTagIsMet() {
        Site site = catalogue(K).reads("ana", MINUTE, "cup");
        for (int repeated = 0; repeated < 3; repeated++) {
            for (int reader = 0; reader < 12; reader++) {
                site.reads("reader-" + reader, HOUR, "cup", "striker");
            }
        }

        UserGroup group = describe(site, "ana");

        assertThat(group.people()).isEqualTo(12);
        assertThat(people(group.items())).isEqualTo(Map.of("cup", 12, "striker", 12));
        assertThat(people(group.tags())).isEqualTo(Map.of("football", 12, "sport", 12));
    }

    @Test
    void nothingIsToldOfFewerThanTenPeople() {
        for (int k : List.of(1, K, 10)) {
            Site site = catalogue(k).reads("ana", MINUTE, "cup");
            site.crowdReads(9, HOUR, "cup", "striker");

            assertThat(describe(site, "ana"))
                    .isEqualTo(UserGroup.untold(3, null, Untold.TOO_FEW_PEOPLE));

            site.crowdReads(1, HOUR, "cup", "striker");

            assertThat(describe(site, "ana").people()).isEqualTo(10 / k * k);
            assertThat(describe(site, "ana").items()).hasSize(2);
        }
    }

    @Test
    void theUserIsNobodyOfTheGroupUnderAnyId() {
        Site site = catalogue(1).reads("anon-1", Duration.ofMinutes(2), "striker");
        site.profile("ana", List.of("anon-1"), null, null);
        site.reads("ana", MINUTE, "cup");
        site.crowdReads(10, HOUR, "cup");

        UserGroup group = describe(site, "ana");

        assertThat(group.people()).isEqualTo(10);
        assertThat(people(group.items())).isEqualTo(Map.of("cup", 10));
    }

    @Test
    void aUserWhoRefusesPersonalisationUnderAnyIdIsNotDescribed() {
        Consent refusal = new Consent(false, true);
        Site own = catalogue(K).reads("ana", MINUTE, "cup");
        own.crowdReads(12, HOUR, "cup").profile("ana", List.of(), refusal, null);
        Site alias = catalogue(K).reads("ana", MINUTE, "cup");
        alias.crowdReads(12, HOUR, "cup");
        alias.profile("ana", List.of("anon-1"), null, null);
        alias.profile(
                UserProfile.absent("anon-1")
                        .with(new UserProfile.Stated(Map.of(), refusal))
                        .aliasOf("ana"));

        for (Site site : List.of(own, alias)) {
            assertThat(describe(site, "ana")).isEqualTo(UserGroup.untold(3, null, Untold.REFUSED));
        }
        assertThat(describe(alias, "anon-1").untold()).isEqualTo(Untold.REFUSED);
    }

    @Test
    void aUserWithoutAHistoryOrAfterAnErasureIsNotDescribed() {
        Site site = catalogue(K).reads("ana", Duration.ofMinutes(10), "cup");
        site.crowdReads(12, HOUR, "cup");
        site.profile("ana", List.of(), null, Site.NOW.minus(MINUTE));

        assertThat(describe(site, "ana").untold()).isEqualTo(Untold.NO_HISTORY);
        assertThat(describe(site, "nobody").untold()).isEqualTo(Untold.NO_HISTORY);
    }

    @Test
    void deletedItemsAreNotNamedAndNeitherAreTheirTags() {
        Site site = catalogue(K).reads("ana", MINUTE, "cup");
        site.crowdReads(12, HOUR, "cup", "soup").delete("soup");

        UserGroup group = describe(site, "ana");

        assertThat(people(group.items())).containsOnlyKeys("cup");
        assertThat(people(group.tags())).containsOnlyKeys("football", "sport");
        assertThat(people(group.authors())).containsOnlyKeys("eve");
    }

    @Test
    void peopleWhoWaitToBeCountedAreNotInAGroup() {
        Site site = catalogue(1).reads("ana", MINUTE, "cup");
        site.learn(
                LongStream.range(1, 31)
                        .mapToObj(n -> view("events/shardId-1", n, 1_000 + n, "cup"))
                        .map(visit -> (Example) visit.with(Standing.waiting(60)))
                        .toList());

        assertThat(describe(site, "ana").untold()).isEqualTo(Untold.TOO_FEW_PEOPLE);
    }

    @Test
    void aStoreThatIsDownIsAFailureAndNoDescription() {
        Site site = catalogue(K).reads("ana", MINUTE, "cup");
        SimilarUsers flow = flow(site, down(Users.class, site.users), site.model());

        assertThatThrownBy(() -> flow.describe("ana", 10))
                .isInstanceOf(StoreUnavailableException.class);
    }

    @Test
    void aModelFromASnapshotDescribesTheSameGroup() {
        Site site = catalogue(K).reads("ana", MINUTE, "cup", "soup");
        site.crowdReads(190, Duration.ofHours(3), "cup", "bread");
        site.crowdReads(190, Duration.ofHours(2), "soup", "striker");
        UserGroup before = describe(site, "ana");
        Model read = reread(site.model()).withReadSettings(site.model().settings());
        SimilarUsers flow = flow(site, site.users, read);

        assertThat(before.people()).isEqualTo(198);
        assertThat(flow.describe("ana", 100)).isEqualTo(before);
    }

    /** What people hold, from which sites are made that differ by one person's history. */
    private record Histories(Map<String, Set<String>> holds) {
        static Histories of(RandomGenerator random) {
            Map<String, Set<String>> holds = new HashMap<>();
            int readers = 10 + random.nextInt(25);
            for (int reader = 0; reader < readers; reader++) {
                Set<String> items = new HashSet<>();
                for (int n = 0; n < 4; n++) {
                    int one = random.nextInt(20);
                    int other = random.nextInt(20);
                    items.add("item-" + Math.min(one, other));
                }
                if (random.nextInt(12) == 0) {
                    items.add("rare-" + random.nextInt(5));
                }
                holds.put("reader-" + reader, items);
            }
            holds.put(PERSON, new HashSet<>(Set.of("item-0", "item-3", "rare-0")));
            holds.put(STRANGER, new HashSet<>(Set.of("item-0", "item-1", "item-3")));
            for (int rare = 0; rare < 5; rare++) {
                holds.getOrDefault(STRANGER, Set.of()).add("rare-" + rare);
            }
            return new Histories(holds);
        }

        Histories without(String user) {
            Map<String, Set<String>> fewer = new HashMap<>(holds);
            fewer.remove(user);
            return new Histories(fewer);
        }

        Histories with(String user, String... items) {
            Map<String, Set<String>> more = new HashMap<>(holds);
            Set<String> theirs = new HashSet<>(holds.getOrDefault(user, Set.of()));
            theirs.addAll(Set.of(items));
            more.put(user, theirs);
            return new Histories(more);
        }

        /** Returns how many people hold an item, without the stranger. */
        int holders(String item) {
            return (int)
                    holds.entrySet().stream()
                            .filter(one -> !one.getKey().equals(STRANGER))
                            .filter(one -> one.getValue().contains(item))
                            .count();
        }

        Site site() {
            Site site = SimilarUsersTest.site(K);
            for (int n = 0; n < 20; n++) {
                site.put(Site.article("item-" + n, "Story " + n, "tag-" + n % 4));
            }
            for (int n = 0; n < 5; n++) {
                site.put(Site.article("rare-" + n, "Seldom " + n, "tag-0"));
            }
            for (String user : holds.keySet().stream().sorted().toList()) {
                for (String item : holds.getOrDefault(user, Set.of()).stream().sorted().toList()) {
                    site.does(user, EventType.VIEW, Target.item(item), HOUR, null);
                }
            }
            return site;
        }

        /** Returns the people who hold an item of the stranger that k others hold. */
        Set<String> group() {
            Set<String> leading = new HashSet<>(holds.getOrDefault(STRANGER, Set.of()));
            leading.removeIf(item -> holders(item) < K);
            Set<String> group = new HashSet<>();
            holds.forEach(
                    (user, items) -> {
                        if (!user.equals(STRANGER) && items.stream().anyMatch(leading::contains)) {
                            group.add(user);
                        }
                    });
            return group;
        }

        /** Returns what is to be told of the items, by counting everything. */
        Map<String, Integer> told() {
            Map<String, Integer> counts = new TreeMap<>();
            if (group().size() < SimilarUsers.LEAST_PEOPLE) {
                return counts;
            }
            for (String user : group()) {
                holds.getOrDefault(user, Set.of())
                        .forEach(item -> counts.merge(item, 1, Integer::sum));
            }
            counts.values().removeIf(count -> count < K);
            counts.replaceAll((item, count) -> count / K * K);
            return counts;
        }
    }

    @Test
    void theDescriptionIsWhatCountingEverythingSays() {
        int told = 0;
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Histories histories = Histories.of(new SplittableRandom(seed));

            UserGroup group = describe(histories.site(), STRANGER);

            assertThat(people(group.items())).as("seed %d", seed).isEqualTo(histories.told());
            if (group.untold() == null) {
                assertThat(group.people())
                        .as("seed %d", seed)
                        .isEqualTo(histories.group().size() / K * K);
                told++;
            }
        }
        assertThat(told).isGreaterThan(SEEDS / 2);
    }

    /**
     * The person's secret are items that fewer than k − 1 others hold. The stranger, who holds a
     * secret key and reports an invented user beside the person, asks for all that is told.
     */
    @Test
    void twoSitesThatDifferByWhatOnePersonAloneHoldsGiveTheSameAnswer() {
        int compared = 0;
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Histories without = Histories.of(new SplittableRandom(seed));
            for (String secret : List.of("rare-1", "rare-2", "rare-3", "rare-4")) {
                Histories with = without.with(PERSON, secret);
                if (with.holders(secret) < K) {
                    compared++;
                    assertThat(describe(with.site(), STRANGER))
                            .as("seed %d, %s", seed, secret)
                            .isEqualTo(describe(without.site(), STRANGER));
                }
            }
        }
        assertThat(compared).isGreaterThan(2 * SEEDS);
    }

    /** A whole person more or less moves each number by one step at most, and mostly by none. */
    @Test
    void onePersonMoreMovesNoNumberByMoreThanAStep() {
        int numbers = 0;
        int moved = 0;
        for (int seed = FIRST; seed < FIRST + SEEDS; seed++) {
            Histories with = Histories.of(new SplittableRandom(seed));
            UserGroup more = describe(with.site(), STRANGER);
            UserGroup fewer = describe(with.without(PERSON).site(), STRANGER);
            if (more.untold() != null || fewer.untold() != null) {
                continue;
            }
            Map<String, Integer> after = people(more.items());
            Map<String, Integer> before = people(fewer.items());
            for (String item : after.keySet()) {
                int step = after.getOrDefault(item, 0) - before.getOrDefault(item, 0);
                assertThat(step).as("seed %d, %s", seed, item).isIn(0, K);
                numbers++;
                moved += step == 0 ? 0 : 1;
            }
            assertThat(more.people() - fewer.people()).as("seed %d", seed).isIn(0, K);
        }
        assertThat(moved).isLessThan(numbers / 5);
    }
}
