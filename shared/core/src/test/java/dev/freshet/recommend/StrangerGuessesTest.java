package dev.freshet.recommend;

import static dev.freshet.recommend.SiteFixture.named;
import static dev.freshet.recommend.SiteFixture.similar;
import static dev.freshet.recommend.SiteFixture.token;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.NewItemSignals;
import dev.freshet.query.ListQuery.NamedList;
import dev.freshet.ranking.Reason;
import dev.freshet.ranking.Temperatures;
import dev.freshet.recommend.Recommendations.RecommendedItem;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A game against the lists that everybody may ask for. One person touched a rare item, or another
 * one, or none; in one country or another; now or hours ago. A stranger who knows one other rare
 * item of that person asks every route and guesses. Each seed is played with both answers to a
 * question and otherwise the same site, and the stranger is given the best threshold for each
 * number in a response afterwards, so the advantage found is an upper bound for such a stranger.
 */
class StrangerGuessesTest {
    private static final int SEEDS = Integer.getInteger("freshet.simulation.seeds", 50);
    private static final int FIRST = Integer.getInteger("freshet.simulation.first", 1);
    private static final double ALLOWED = 0.02;

    private static final String PERSON = "the person";
    private static final int POPULAR = 20;
    private static final int RARE = 6;
    private static final int CROWD = 40;

    /** What the stranger knows that the person touched. */
    private static final String OWN = "rare-0";

    /** What the person touched in secret. */
    private static final String SECRET = "rare-1";

    /** What the person did not touch, but in the other answer to one question. */
    private static final String DECOY = "rare-2";

    /** The person's secret: an item or none, a country, and how long ago. */
    private record Secret(@Nullable String item, String country, Duration ago) {}

    private static final Secret USUAL = new Secret(SECRET, "IS", Duration.ofMinutes(10));

    /** The questions, each with the secret that is the other answer than {@link #USUAL}. */
    private static final Map<String, Secret> QUESTIONS =
            new TreeMap<>(
                    Map.of(
                            "whether", new Secret(null, "IS", Duration.ofMinutes(10)),
                            "which", new Secret(DECOY, "IS", Duration.ofMinutes(10)),
                            "where", new Secret(SECRET, "NO", Duration.ofMinutes(10)),
                            "when", new Secret(SECRET, "IS", Duration.ofHours(6))));

    private record Event(String user, String item, String country, Duration ago) {}

    @Test
    void aStrangerLearnsNothingOfAPersonFromThreePeopleOn() {
        Map<String, Double> advantages = play(settings(ModelSettings.USUAL_K_ANONYMITY), SEEDS);
        print("k = 3", SEEDS, advantages);
        assertThat(advantages).hasSizeGreaterThan(100);
        assertNothingIsLearned(advantages);
    }

    /**
     * Learned weights follow the draws of negatives, which one event more shifts for all that
     * follow: scores differ between both answers, but by chance and not by what was secret. So the
     * secret item is compared with one that is like it, in lists that name neither and are not
     * drawn.
     */
    @Test
    void aStrangerLearnsNothingOfAPersonWhileTheModelLearnsWeights() {
        ModelSettings learning = ModelSettings.DEFAULT.withKAnonymity(3);
        Map<String, Double> advantages = play(learning, Math.min(SEEDS, 200));
        advantages
                .keySet()
                .removeIf(
                        name ->
                                !name.endsWith("over decoy")
                                        || name.contains(SECRET)
                                        || name.contains("drawn"));
        print("k = 3 with learned weights", Math.min(SEEDS, 200), advantages);
        assertThat(advantages).hasSizeGreaterThan(100);
        assertNothingIsLearned(advantages);
    }

    @Test
    void withoutTheLimitTheStrangerWinsEveryQuestion() {
        int seeds = Math.min(SEEDS, 50);
        Map<String, Double> advantages = play(settings(1), seeds);
        print("k = 1", seeds, advantages);
        for (String question : QUESTIONS.keySet()) {
            assertThat(best(advantages, question)).as(question).isGreaterThan(0.9);
        }
    }

    /** Returns settings of a model that counts and learns no weights. */
    private static ModelSettings settings(int k) {
        return new ModelSettings(10_000, 100_000, 10_000, false).withKAnonymity(k);
    }

    private static void assertNothingIsLearned(Map<String, Double> advantages) {
        Map<String, Double> learned = new TreeMap<>(advantages);
        learned.values().removeIf(advantage -> advantage <= ALLOWED);
        assertThat(learned).isEmpty();
    }

    private static double best(Map<String, Double> advantages, String question) {
        return advantages.entrySet().stream()
                .filter(entry -> entry.getKey().startsWith(question + ","))
                .mapToDouble(Map.Entry::getValue)
                .max()
                .orElseThrow();
    }

    private static void print(String game, int seeds, Map<String, Double> advantages) {
        System.out.printf("%s, seeds %d to %d:", game, FIRST, FIRST + seeds - 1);
        for (String question : QUESTIONS.keySet()) {
            System.out.printf(" %s %.3f", question, best(advantages, question));
        }
        String most =
                advantages.entrySet().stream()
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
        System.out.printf("; most by: %s", most);
        System.out.println();
    }

    /** Returns the stranger's advantage over chance by question, route and number. */
    private static Map<String, Double> play(ModelSettings settings, int seeds) {
        Map<String, List<double[]>> pairs = new TreeMap<>();
        for (int seed = FIRST; seed < FIRST + seeds; seed++) {
            Map<String, Double> usual = numbers(site(seed, settings, USUAL));
            for (Map.Entry<String, Secret> question : QUESTIONS.entrySet()) {
                Map<String, Double> other = numbers(site(seed, settings, question.getValue()));
                usual.forEach(
                        (name, number) ->
                                pairs.computeIfAbsent(
                                                question.getKey() + ", " + name,
                                                key -> new ArrayList<>())
                                        .add(new double[] {number, other.getOrDefault(name, 0.0)}));
            }
        }
        Map<String, Double> advantages = new TreeMap<>();
        pairs.forEach((name, numbers) -> advantages.put(name, distance(numbers)));
        return advantages;
    }

    /**
     * Returns the largest difference of two distributions over all thresholds: P(right) − P(wrong)
     * of the best threshold.
     */
    private static double distance(List<double[]> pairs) {
        record Sample(double number, int step) {}
        List<Sample> samples = new ArrayList<>();
        for (double[] pair : pairs) {
            samples.add(new Sample(pair[0], 1));
            samples.add(new Sample(pair[1], -1));
        }
        samples.sort(Comparator.comparingDouble(Sample::number));
        int sum = 0;
        int most = 0;
        for (int at = 0; at < samples.size(); at++) {
            sum += samples.get(at).step;
            boolean last =
                    at + 1 == samples.size()
                            || samples.get(at + 1).number != samples.get(at).number;
            most = last ? Math.max(most, Math.abs(sum)) : most;
        }
        return (double) most / pairs.size();
    }

    /**
     * Returns a site with popular items that a crowd reads, rare items that nobody or one other
     * person touched, and the person, who reads two popular items beside the rare ones.
     */
    private static Site site(int seed, ModelSettings settings, Secret secret) {
        RandomGenerator random = new SplittableRandom(seed);
        List<Event> events = new ArrayList<>();
        for (int reader = 0; reader < CROWD; reader++) {
            String country = random.nextBoolean() ? "BR" : "PT";
            for (int n = 0; n < 4; n++) {
                String item = "popular-" + Math.min(random.nextInt(POPULAR), random.nextInt(20));
                Duration ago = Duration.ofSeconds(60 + random.nextInt(43_200));
                events.add(new Event("reader-" + reader, item, country, ago));
            }
        }
        for (int rare = 1; rare < RARE; rare++) {
            Duration ago = Duration.ofSeconds(60 + random.nextInt(43_200));
            String reader = "reader-" + random.nextInt(CROWD);
            if (random.nextInt(4) == 0) {
                events.add(new Event(reader, "rare-" + rare, "BR", ago));
            }
        }
        events.add(new Event(PERSON, OWN, secret.country, Duration.ofHours(7)));
        events.add(new Event(PERSON, "popular-0", secret.country, Duration.ofHours(8)));
        events.add(new Event(PERSON, "popular-3", secret.country, Duration.ofHours(9)));
        if (secret.item != null) {
            events.add(new Event(PERSON, secret.item, secret.country, secret.ago));
        }
        events.sort(Comparator.comparing(Event::ago).reversed());

        Site site = new Site(Model.empty(settings));
        for (int n = 0; n < POPULAR; n++) {
            site.put(Site.article("popular-" + n, "Story number " + n, n % 2 == 0 ? "a" : "b"));
        }
        for (int n = 0; n < RARE; n++) {
            site.put(Site.article("rare-" + n, "Seldom " + n, "seldom"));
        }
        for (Event event : events) {
            site.does(
                    event.user, EventType.VIEW, Target.item(event.item), event.ago, event.country);
            if (event.user.equals(PERSON)) {
                Duration later = event.ago.minusMinutes(1);
                site.does(PERSON, EventType.LIKE, Target.item(event.item), later, event.country);
            }
        }
        return site;
    }

    /** Returns every number that the stranger looks at, by route and name. */
    private static Map<String, Double> numbers(Site site) {
        Map<String, Double> numbers = new TreeMap<>();
        for (Map<String, String> scope :
                List.of(
                        Map.<String, String>of(),
                        Map.of("country", "IS"),
                        Map.of("country", "NO"),
                        Map.of("tag", "seldom"))) {
            for (NamedList list : NamedList.values()) {
                look(numbers, list.wireName() + " " + scope, named(site, list, scope));
            }
        }
        for (String period : List.of("hour", "day", "month")) {
            Map<String, String> scope = Map.of("period", period);
            look(numbers, "popular in a " + period, named(site, NamedList.POPULAR, scope));
        }
        for (String item : List.of(OWN, SECRET, "popular-0")) {
            look(numbers, "similar to " + item, similar(site, item, Map.of("count", "100")));
        }
        for (String item : List.of(OWN, SECRET, "popular-0")) {
            for (String country : List.of("IS", "NO")) {
                for (String filter : List.of("", FILTER)) {
                    String body =
                            """
                            {"session":{"items":[{"itemId":"%s","type":"view"}]},"count":100,
                             "diversity":0,"context":{"country":"%s"}%s}\
                            """
                                    .formatted(item, country, filter);
                    String route =
                            "session with %s in %s%s"
                                    .formatted(item, country, filter.isEmpty() ? "" : ", filtered");
                    look(numbers, route, site.recommend(body));
                    if (!filter.isEmpty()) {
                        site.temperatures(DRAWN);
                        look(numbers, route + ", drawn", site.recommend(body));
                        site.temperatures(Temperatures.NONE);
                    }
                }
            }
        }
        for (String item : List.of(OWN, SECRET, "popular-0")) {
            look(
                    numbers,
                    "rank beside " + item,
                    site.rank(
                            """
                            {"session":{"items":[{"itemId":"%s","type":"view"}]},"repeats":"always",
                             "itemIds":["rare-0","rare-1","rare-2","popular-0","popular-1"]}\
                            """
                                    .formatted(item)));
        }
        group(numbers, site);
        return numbers;
    }

    /** The stranger reports an invented user, who is like the person, and asks who is like it. */
    private static void group(Map<String, Double> numbers, Site site) {
        site.reads("the stranger", Duration.ZERO, OWN, SECRET, DECOY, "popular-0", "popular-3");
        UserGroup group = site.similarUsers().describe("the stranger", 100);
        numbers.put("people like a user: people", (double) group.people());
        for (String item : List.of(OWN, SECRET, DECOY)) {
            numbers.put("people like a user: holders of " + item, people(group.items(), item));
        }
        numbers.put("people like a user: holders of seldom", people(group.tags(), "seldom"));
        numbers.put("people like a user: items", (double) group.items().size());
    }

    private static double people(List<UserGroup.Counted> counts, String id) {
        return counts.stream()
                .filter(one -> one.id().equals(id))
                .mapToDouble(UserGroup.Counted::people)
                .sum();
    }

    /**
     * Near equals change places. Where all items are drawn, a propensity tells of the scores of all
     * of them, as the list itself does; so it is read where the items are the rare ones.
     */
    private static final Temperatures DRAWN = new Temperatures(10, Map.of());

    private static final String FILTER =
            """
            ,"filter":{"field":"itemId","in":["rare-0","rare-1","rare-2"]}\
            """;

    private static void look(Map<String, Double> numbers, String route, Recommendations answer) {
        difference(numbers, route, "position", answer, (items, at) -> -(double) at);
        difference(numbers, route, "score", answer, (items, at) -> items.get(at).score());
        difference(numbers, route, "evidence", answer, (items, at) -> evidence(items.get(at)));
        List<ExposureToken.Shown> shown = token(answer).items();
        difference(numbers, route, "propensity", answer, (_, at) -> shown.get(at).propensity());
        numbers.put(route + ": items", (double) answer.items().size());
    }

    /** Adds how far the secret item is from the decoy, and from the item that is known. */
    private static void difference(
            Map<String, Double> numbers,
            String route,
            String name,
            Recommendations answer,
            BiFunction<List<RecommendedItem>, Integer, Double> measure) {
        double secret = number(answer, SECRET, measure);
        numbers.put(route + ": " + name, secret);
        numbers.put(route + ": " + name + " over decoy", secret - number(answer, DECOY, measure));
        numbers.put(route + ": " + name + " over own", secret - number(answer, OWN, measure));
    }

    private static double number(
            Recommendations answer,
            String itemId,
            BiFunction<List<RecommendedItem>, Integer, Double> measure) {
        for (int at = 0; at < answer.items().size(); at++) {
            if (answer.items().get(at).itemId().equals(itemId)) {
                return measure.apply(answer.items(), at);
            }
        }
        return -1_000;
    }

    /** Returns the share of an item's score that comes from what people did. */
    private static double evidence(RecommendedItem item) {
        return item.reasons().stream()
                .filter(reason -> !reason.source().equals(NewItemSignals.SOURCE))
                .mapToDouble(Reason::share)
                .sum();
    }
}
