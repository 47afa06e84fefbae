package dev.freshet.recommend;

import dev.freshet.candidate.RequestContext;
import dev.freshet.event.Context;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.event.UserIdentity;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.ListRules;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.ranking.Strategy.StackingStrategy;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * A generated site from the minute it opens, in virtual time, with the ranking and the training of
 * production. Two hundred articles are published within ten minutes before, five more at each hour.
 * Half of the visits are by users who come once, the others by {@value #REGULARS} who return. A
 * visitor sees ten articles, examines a position with probability 1 / (1 + 0.15 · position), and
 * clicks by topic, quality and freshness; what is clicked is learned with the list it was on. One
 * visit in five leads from elsewhere to one article.
 */
final class NewSite {
    private static final Instant OPENING = Instant.parse("2026-05-01T00:00:00Z");
    private static final int LIST_LENGTH = 10;
    private static final int ARTICLES = 200;
    private static final int ARTICLES_AN_HOUR = 5;
    private static final int REGULARS = 300;
    private static final double FROM_ELSEWHERE = 0.2;
    private static final Context CONTEXT = Context.of("mobile", "BR", null);

    private record Visitor(
            String id, double[] preferences, List<History.Entry> newestFirst, Set<String> seen) {}

    /**
     * Sums of the mean click probabilities of personalised lists and of lists of the most clicked
     * articles, for the same visits.
     */
    record Clicks(double personalised, double popular) {
        static final Clicks NONE = new Clicks(0, 0);

        Clicks plus(Clicks more) {
            return new Clicks(personalised + more.personalised, popular + more.popular);
        }
    }

    /**
     * The visits of one hour.
     *
     * @param all all visits
     * @param known visits of users who clicked before, so that there is something to personalise by
     */
    record Hour(Clicks all, Clicks known) {}

    private final SplittableRandom random;
    private final NewSiteWorld world;
    private final List<Visitor> regulars = new ArrayList<>();
    private final Map<String, Integer> clicksById = new HashMap<>();
    private Model model = Model.EMPTY;
    private int visitors;
    private int hours;
    private int boundedMoves;
    private long sequence;

    NewSite(long seed) {
        random = new SplittableRandom(seed);
        world = new NewSiteWorld(random.split());
        for (int i = 0; i < ARTICLES; i++) {
            learn(List.of(world.publish(OPENING.minusSeconds(random.nextInt(600)))));
        }
        for (int i = 0; i < REGULARS; i++) {
            regulars.add(visitor());
        }
    }

    Model model() {
        return model;
    }

    /** Returns how many moves of a weight were cut short at its bound so far. */
    int boundedMoves() {
        return boundedMoves;
    }

    /** Simulates the next hour with this number of visits, evenly spaced. */
    Hour hour(int visits) {
        Instant start = OPENING.plus(Duration.ofHours(hours));
        for (int i = 0; i < ARTICLES_AN_HOUR && hours > 0; i++) {
            learn(List.of(world.publish(start)));
        }
        Clicks all = Clicks.NONE;
        Clicks known = Clicks.NONE;
        for (int visit = 0; visit < visits; visit++) {
            Instant now = start.plusSeconds(3_600L * visit / visits);
            Visitor visitor =
                    random.nextBoolean() ? visitor() : regulars.get(random.nextInt(REGULARS));
            List<String> list = recommended(visitor, now);
            Clicks clicks =
                    new Clicks(mean(visitor, list, now), mean(visitor, mostClicked(visitor), now));
            all = all.plus(clicks);
            known = visitor.newestFirst.isEmpty() ? known : known.plus(clicks);
            learn(
                    random.nextDouble() < FROM_ELSEWHERE
                            ? fromElsewhere(visitor, now)
                            : fromList(visitor, list, now));
        }
        hours++;
        return new Hour(all, known);
    }

    private Visitor visitor() {
        return new Visitor(
                "user-" + visitors++, world.preferences(), new ArrayList<>(), new HashSet<>());
    }

    private void learn(List<? extends Example> examples) {
        if (!examples.isEmpty()) {
            Trainer.Step step = Trainer.train(model, List.copyOf(examples));
            boundedMoves += step.boundedMoves();
            model = step.model().following(model);
        }
    }

    private double clickProbability(Visitor visitor, String id, int position, Instant now) {
        return world.attraction(visitor.preferences, id, now) / (1 + 0.15 * position);
    }

    private double mean(Visitor visitor, List<String> list, Instant now) {
        double sum = 0;
        for (int position = 0; position < list.size(); position++) {
            sum += clickProbability(visitor, list.get(position), position, now);
        }
        return sum / LIST_LENGTH;
    }

    private List<String> recommended(Visitor visitor, Instant now) {
        RecommendationQuery query =
                new RecommendationQuery(
                        UserIdentity.user(visitor.id),
                        List.of(),
                        null,
                        CONTEXT,
                        "front-page",
                        null,
                        LIST_LENGTH,
                        Filter.EVERYTHING,
                        List.of(),
                        0,
                        RecommendationQuery.Repeats.BY_ITEM,
                        true,
                        Paging.WHOLE,
                        ListRules.NONE,
                        true);
        RequestContext request =
                RequestContext.of(
                        query,
                        RequestContext.NO_ITEM,
                        UserProfile.absent(visitor.id),
                        new History(visitor.newestFirst),
                        model,
                        now);
        return OfflineLists.list(request, new StackingStrategy(), query, random.split()).stream()
                .map(ranked -> model.items().id(ranked.item()))
                .toList();
    }

    /** Returns the most clicked articles that the visitor has not clicked. */
    private List<String> mostClicked(Visitor visitor) {
        return world.ids().stream()
                .filter(id -> !visitor.seen.contains(id))
                .sorted(
                        Comparator.comparingInt((String id) -> -clicksById.getOrDefault(id, 0))
                                .thenComparing(Comparator.naturalOrder()))
                .limit(LIST_LENGTH)
                .toList();
    }

    private List<Example> fromList(Visitor visitor, List<String> list, Instant now) {
        List<Example> clicked = new ArrayList<>();
        for (int position = 0; position < list.size(); position++) {
            String id = list.get(position);
            if (random.nextDouble() < clickProbability(visitor, id, position, now)) {
                clicked.add(click(visitor, id, now).inList(list));
            }
        }
        return clicked;
    }

    /** Returns a click on one article, drawn with odds by the square of its attraction. */
    private List<Example> fromElsewhere(Visitor visitor, Instant now) {
        List<String> unseen =
                world.ids().stream().filter(id -> !visitor.seen.contains(id)).toList();
        double[] odds =
                unseen.stream()
                        .mapToDouble(id -> world.attraction(visitor.preferences, id, now))
                        .map(attraction -> attraction * attraction)
                        .toArray();
        double left = random.nextDouble() * Arrays.stream(odds).sum();
        int at = 0;
        while (at < odds.length - 1 && left >= odds[at]) {
            left -= odds[at++];
        }
        return List.of(click(visitor, unseen.get(at), now));
    }

    private Example.Interaction click(Visitor visitor, String id, Instant now) {
        clicksById.merge(id, 1, Integer::sum);
        visitor.seen.add(id);
        sequence++;
        visitor.newestFirst.addFirst(
                new History.Entry(
                        "event-" + sequence, EventType.CLICK, Target.item(id), 1, 0, now, null));
        return new Example.Interaction(
                new ShardPosition("events/shardId-0", BigInteger.valueOf(sequence)),
                new Pseudonym(Integer.parseInt(visitor.id.substring("user-".length()))),
                Target.item(id),
                EventType.CLICK,
                1,
                0,
                now,
                Context.of(CONTEXT.device(), CONTEXT.country(), null));
    }
}
