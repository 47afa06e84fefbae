package dev.freshet.bench.jmh;

import dev.freshet.candidate.RequestContext;
import dev.freshet.event.Context;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.profile.UserProfile;
import dev.freshet.query.Filter;
import dev.freshet.query.ListRules;
import dev.freshet.query.RecommendationQuery;
import dev.freshet.query.RecommendationQuery.Paging;
import dev.freshet.query.RecommendationQuery.Repeats;
import dev.freshet.ranking.Blend;
import dev.freshet.ranking.RankedList.Ranked;
import dev.freshet.ranking.ShadowPolicy;
import dev.freshet.ranking.Strategy;
import dev.freshet.ranking.Strategy.StackingStrategy;
import dev.freshet.ranking.Strategy.WeightedStrategy;
import dev.freshet.recommend.OfflineLists;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.recommend.UserGroup;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A complete recommendation in memory, from a user's rows to ten items with their reasons, each
 * time for another user: preferences, signals, candidates, blend, diversity, explanations. Measured
 * under the default {@code kAnonymity}, and without such a limit; and drawn by chance beside a
 * shadow. Beside it, 500 given items in the order for a user, all with their reasons, and the
 * description of the people who are like a user.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SampleTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class RecommendBenchmark {
    private static final int USERS = 4_000;
    private static final double DIVERSITY = 0.2;
    private static final Strategy STRATEGY = new StackingStrategy();
    private static final double DRAWN = 0.15;

    /** A shadow that ranks by another strategy. */
    private static final List<ShadowPolicy> SHADOW =
            List.of(
                    new ShadowPolicy(
                            new Blend(new WeightedStrategy(), Blend.WITH_HISTORY),
                            List.of(),
                            List.of(),
                            DIVERSITY,
                            DRAWN));

    private record Asks(RecommendationQuery query, UserProfile profile, History history) {}

    private final List<Asks> requests = new ArrayList<>();
    private final SplittableRandom random = new SplittableRandom(1);
    private int next;

    private int[] given = new int[0];

    @SuppressWarnings("NullAway.Init")
    private Instant now;

    @SuppressWarnings("NullAway.Init")
    private Model limited;

    @SuppressWarnings("NullAway.Init")
    private Model unlimited;

    @Setup(Level.Trial)
    public void requests(SceneState scene) {
        Map<Integer, History> histories = scene.histories(USERS);
        ModelSettings settings = scene.model.settings();
        limited = scene.model;
        unlimited = scene.model.withReadSettings(settings.withKAnonymity(1));
        now = Behaviour.START.plusSeconds(scene.learned() + 60L);
        int items = scene.model.items().size();
        given = IntStream.range(0, 500).map(n -> (int) ((long) n * items / 500)).toArray();
        histories.forEach(
                (user, history) ->
                        requests.add(
                                new Asks(
                                        query(user), UserProfile.absent("user-" + user), history)));
    }

    @Benchmark
    public List<Ranked> recommendation() {
        return next(limited);
    }

    @Benchmark
    public List<Ranked> recommendationUnlimited() {
        return next(unlimited);
    }

    @Benchmark
    public List<Ranked> recommendationDrawnWithShadow() {
        return next(limited, DRAWN, SHADOW);
    }

    /** Five hundred items, from the oldest to the newest, in the order for a user. */
    @Benchmark
    public List<Ranked> rankOf500() {
        return OfflineLists.order(request(limited, asks()), STRATEGY, given, random);
    }

    /** The description of up to 200 people who are like a user. */
    @Benchmark
    public UserGroup similarUsers() {
        return SimilarUsers.describe(
                limited, 1, request(limited, asks()).preferences(), Set.of(), 20);
    }

    private List<Ranked> next(Model model) {
        return next(model, 0, List.of());
    }

    private List<Ranked> next(Model model, double temperature, List<ShadowPolicy> shadows) {
        Asks asks = asks();
        RequestContext request = request(model, asks);
        return OfflineLists.list(request, STRATEGY, temperature, shadows, asks.query, random);
    }

    private Asks asks() {
        Asks asks = requests.get(next);
        next = (next + 1) % requests.size();
        return asks;
    }

    private RequestContext request(Model model, Asks asks) {
        return RequestContext.of(
                asks.query, RequestContext.NO_ITEM, asks.profile, asks.history, model, now);
    }

    /** Returns the request of a user. */
    static RecommendationQuery query(int user) {
        return new RecommendationQuery(
                null,
                List.of(),
                null,
                Context.of(Behaviour.device(user), Behaviour.country(user), 12),
                "bench",
                null,
                10,
                Filter.EVERYTHING,
                List.of(),
                DIVERSITY,
                Repeats.BY_ITEM,
                true,
                Paging.WHOLE,
                ListRules.NONE,
                true);
    }
}
