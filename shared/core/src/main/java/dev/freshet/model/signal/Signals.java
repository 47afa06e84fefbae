package dev.freshet.model.signal;

import dev.freshet.catalog.Item;
import dev.freshet.event.Context;
import dev.freshet.example.ModelTime;
import dev.freshet.model.basket.CoOccurrence;
import dev.freshet.model.basket.NextItems;
import dev.freshet.model.basket.SharedBaskets;
import dev.freshet.model.blend.ContextBucket;
import dev.freshet.model.content.Embeddings;
import dev.freshet.model.factor.Factors;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.history.UserAction;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.popularity.Counts;
import dev.freshet.model.popularity.DecayClock;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.rows.IntFloats;
import dev.freshet.model.rows.NaturalLog;
import dev.freshet.model.settings.ModelSettings;
import java.time.Instant;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * The signals of any item for one reader at one moment: what depends on the reader is worked out
 * once, then each item costs a few look-ups. Made per request, by one thread.
 */
public final class Signals {
    private static final HalfLife[] HALF_LIVES = HalfLife.values();
    private static final double SECONDS_PER_DAY = 86_400;
    private static final double MOST_DAYS = 7;
    private static final int FEW_EVENTS = 3;
    private static final double LEAST = 0.02;

    /** Seconds since the reader's latest act within which this is still the same sitting. */
    private static final double SITTING = 1_800;

    private static final double LEAST_TOGETHER = 0.01;
    private static final double LN_LEAST_TOGETHER = NaturalLog.of(LEAST_TOGETHER);

    private final ModelView model;
    private final Preferences preferences;
    private final DecayClock clock;
    private final double now;
    private final @Nullable ScopeCounts country;
    private final @Nullable ScopeCounts device;
    private final IntFloats together;
    private final IntFloats recent;
    private final TypicalItem typical;
    private final IntFloats latest;
    private final NextItems.Beside next;
    private final IntFloats profile;
    private final Embeddings.Profile direction;
    private final Affinity affinity;
    private final float bestTogether;
    private final float mostTogether;
    private final float bestRecent;
    private final float bestAfter;
    private final float bestBefore;
    private final ContextBucket bucket;
    private final Factors factors;
    private final float[] user;

    private Signals(ModelView model, Preferences preferences, Context context, Instant now) {
        this.model = model;
        this.preferences = preferences;
        this.now = now.toEpochMilli() / 1000.0;
        clock = new DecayClock(this.now);
        country =
                context.country() == null
                        ? null
                        : model.scoped().of(Scope.country(context.country()));
        device =
                context.device() == null ? null : model.scoped().of(Scope.device(context.device()));
        CoOccurrence.Read read = model.coOccurrence().read(preferences, ModelTime.of(now));
        together = read.scores();
        recent = read.recent();
        bestRecent = best(recent, preferences);
        typical = TypicalItem.of(model, preferences);
        latest = model.recent().latest();
        profile = model.content().profile(preferences);
        direction = model.embeddings().profile(preferences);
        affinity = new Affinity(model.items(), preferences);
        next = model.nextItems().beside(preferences);
        bestAfter = best(next.after(), preferences);
        bestBefore = best(next.before(), preferences);
        bestTogether = best(together, preferences);
        mostTogether = model.coOccurrence().most(preferences);
        factors = model.factors();
        user = factors.user(preferences);
        bucket =
                new ContextBucket(
                        preferences.historyLength().at(),
                        context.device() == null
                                ? ContextBucket.UNKNOWN
                                : ContextBucket.device(context.device()),
                        context.localHour() == null
                                ? ContextBucket.UNKNOWN
                                : ContextBucket.quarter(context.localHour()),
                        sitting());
    }

    private int sitting() {
        if (preferences.isEmpty()) {
            return ContextBucket.UNKNOWN;
        }
        return now - preferences.epochSeconds()[0] <= SITTING
                ? ContextBucket.SITTING
                : ContextBucket.BACK;
    }

    public static Signals of(
            ModelView model, Preferences preferences, Context context, Instant now) {
        return new Signals(model, preferences, context, now);
    }

    /**
     * The signals of one item. @return {@link Signal#COUNT} numbers, by {@link Signal#at}, all
     * finite
     */
    public float[] of(int item) {
        float[] vector = new float[Signal.COUNT];
        fill(item, vector);
        return vector;
    }

    /** Writes the signals of one item over {@code vector}, {@link Signal#COUNT} long. */
    public void fill(int item, float[] vector) {
        Counts counts = model.counts();
        Item known = model.items().properties(item);
        int total = counts.totals().get(item);
        for (HalfLife halfLife : HALF_LIVES) {
            double count = atMost(total, counts.at(item, halfLife, clock));
            vector[Signal.LOG_HALF_HOUR.at() + halfLife.at()] = log(count);
            vector[Signal.ROOT_HALF_HOUR.at() + halfLife.at()] = (float) Math.sqrt(count);
        }
        double seconds = since(item, known);
        float age = logHours(seconds);
        int last = model.items().last(item);
        vector[Signal.LOG_COUNT.at()] = log(total);
        vector[Signal.LOG_AGE.at()] = age;
        vector[Signal.AGE_DAYS.at()] = (float) Math.clamp(seconds / SECONDS_PER_DAY, 0, MOST_DAYS);
        vector[Signal.LOG_IDLE.at()] =
                last == ModelTime.NEVER ? age : logHours(now - ModelTime.epochSeconds(last));
        vector[Signal.NO_EVENTS.at()] = last == ModelTime.NEVER ? 1 : 0;
        float score = together.get(item);
        vector[Signal.LOG_CO_OCCURRENCE.at()] = relative(score, bestTogether);
        vector[Signal.ROOT_CO_OCCURRENCE.at()] = root(score, mostTogether);
        float after = next.after().get(item);
        float before = next.before().get(item);
        vector[Signal.NEXT.at()] = (float) NaturalLog.of(1 + after);
        vector[Signal.LOG_NEXT.at()] = relative(after, bestAfter);
        vector[Signal.PRECEDING.at()] = (float) NaturalLog.of(1 + before);
        vector[Signal.LOG_PRECEDING.at()] = relative(before, bestBefore);
        vector[Signal.CONTENT.at()] = model.content().cosine(profile, item);
        vector[Signal.EMBEDDING.at()] = model.embeddings().cosine(direction, item);
        vector[Signal.TAGS.at()] = affinity.tags(known);
        vector[Signal.AUTHOR.at()] = affinity.author(known);
        vector[Signal.LOG_COUNTRY_SHORT.at()] =
                log(atMost(total, scoped(country, item, ScopeCounts.SHORT)));
        vector[Signal.LOG_COUNTRY_LONG.at()] =
                log(atMost(total, scoped(country, item, ScopeCounts.LONG)));
        vector[Signal.LOG_DEVICE_LONG.at()] =
                log(atMost(total, scoped(device, item, ScopeCounts.LONG)));
        vector[Signal.FOLLOWED.at()] = followed(known) ? 1 : 0;
        vector[Signal.FACTORS.at()] = factors.score(user, item);
        vector[Signal.LOG_RECENT_CO_OCCURRENCE.at()] = relative(recent.get(item), bestRecent);
        vector[Signal.ROOT_RECENT_CO_OCCURRENCE.at()] = root(recent.get(item), mostTogether);
        vector[Signal.LOG_LATEST.at()] = log(latest.get(item));
        vector[Signal.LOG_AGE_MINUTES.at()] = (float) NaturalLog.of(1 + Math.max(0, seconds) / 60);
        vector[Signal.USUAL_AGE.at()] = typical.age(age);
        vector[Signal.USUAL_COUNT.at()] = typical.count(total);
    }

    /** What the weights depend on, for all items of this request. */
    public ContextBucket bucket() {
        return bucket;
    }

    /** The class of the item's age that the weights depend on. */
    public int age(int item) {
        if (model.counts().totals().get(item) <= FEW_EVENTS) {
            return ContextBucket.FEW_EVENTS;
        }
        double days = since(item, model.items().properties(item)) / SECONDS_PER_DAY;
        return days <= 1
                ? ContextBucket.WITHIN_A_DAY
                : days <= 7 ? ContextBucket.WITHIN_A_WEEK : ContextBucket.OLDER;
    }

    /**
     * About how many numbers were read to make these: postings and entries of baskets, embeddings.
     */
    public long work() {
        long postings = 0;
        for (int item : preferences.items()) {
            postings += model.baskets().postings(item).length;
        }
        long each =
                Math.min(
                        ModelSettings.BASKET_ENTRIES,
                        2L * model.entries() / Math.max(1, model.users()));
        long baskets = Math.min(CoOccurrence.HEAVIEST, postings) * each;
        long next = Math.min(NextItems.MOST_OPENED, postings) * (each + 2 * NextItems.WIDTH);
        long embeddings =
                (long) (preferences.size() + preferences.disliked().length) * workOfEach();
        return postings + Math.min(CoOccurrence.ENTRIES_READ, baskets) + next + embeddings;
    }

    /** The same for the signals of one item, beside what is the same for all. */
    public int workOfEach() {
        return model.embeddings().work();
    }

    /** As {@link CoOccurrence#related}, without working it out again. */
    public ItemScores related(int limit) {
        return model.coOccurrence().top(together, preferences, limit);
    }

    /** What comes after the reader's latest items, the reader's own left out. */
    public ItemScores next(int limit) {
        return model.nextItems().top(next.after(), preferences, limit);
    }

    /** What others met before the reader's latest items, likewise. */
    public ItemScores beside(int limit) {
        return model.nextItems().top(next.before(), preferences, limit);
    }

    /** As {@link Factors#near}, likewise. */
    public ItemScores fitting(int limit) {
        return factors.near(user, preferences, limit);
    }

    /** As {@link dev.freshet.model.content.Content#near}, likewise. */
    public ItemScores near(int limit) {
        return model.content().near(profile, preferences.items(), limit);
    }

    /** The nearest to what the reader likes, by embeddings. */
    public ItemScores alike(int limit) {
        return model.alike(direction, preferences.items(), limit);
    }

    /**
     * What moved some of the items. Whoever fills a signal from the taste has a mover here.
     *
     * @param actions that the taste was made of, newest first
     * @param candidates the items that will be asked about
     */
    public Attributors attributors(List<UserAction> actions, int[] candidates) {
        List<Ablation> ablations = Ablation.each(model.items(), preferences, actions);
        if (ablations.isEmpty()) {
            return new Attributors(ablations, List.of());
        }
        int size = candidates.length;
        SharedBaskets forTogether = asked(candidates, related(RelativeScores.CONTENDERS));
        SharedBaskets forRecent =
                asked(
                        candidates,
                        model.coOccurrence().top(recent, preferences, RelativeScores.CONTENDERS));
        float[] ages = new float[size];
        for (int at = 0; at < size; at++) {
            int item = candidates[at];
            ages[at] = logHours(since(item, model.items().item(item)));
        }
        SharedBaskets forNext =
                asked(
                        candidates,
                        next(RelativeScores.CONTENDERS),
                        beside(RelativeScores.CONTENDERS));
        float[] bestNext = {bestAfter, bestBefore};
        return new Attributors(
                ablations,
                List.of(
                        new CoOccurrenceAttributor(
                                Signal.LOG_CO_OCCURRENCE,
                                Signal.ROOT_CO_OCCURRENCE,
                                model,
                                preferences,
                                together,
                                bestTogether,
                                ablations,
                                forTogether,
                                model.coOccurrence().parts(preferences, forTogether),
                                size),
                        new CoOccurrenceAttributor(
                                Signal.LOG_RECENT_CO_OCCURRENCE,
                                Signal.ROOT_RECENT_CO_OCCURRENCE,
                                model,
                                preferences,
                                recent,
                                bestRecent,
                                ablations,
                                forRecent,
                                model.coOccurrence()
                                        .parts(
                                                preferences,
                                                forRecent,
                                                ModelTime.of(Instant.ofEpochSecond((long) now))),
                                size),
                        new TypicalItemAttributor(
                                model, preferences, typical, ablations, ages, candidates),
                        new NextItemAttributor(
                                model.nextItems(),
                                preferences,
                                next,
                                bestNext,
                                ablations,
                                forNext,
                                size),
                        new ContentAttributor(
                                model.content(), profile, preferences, ablations, candidates),
                        new EmbeddingAttributor(
                                model.embeddings(), direction, preferences, ablations, candidates),
                        new FactorsAttributor(factors, preferences, ablations, candidates),
                        new AffinityAttributor(
                                model.items(), affinity, preferences, ablations, candidates),
                        new FollowedAttributor(model.items(), preferences, ablations, candidates)));
    }

    private SharedBaskets asked(int[] candidates, ItemScores... contenders) {
        IntStream items = IntStream.of(candidates);
        for (ItemScores some : contenders) {
            items = IntStream.concat(items, IntStream.of(some.items()));
        }
        return new SharedBaskets(model.baskets(), items.toArray());
    }

    private boolean followed(Item item) {
        if (item.author() != null && preferences.authors().contains(item.author())) {
            return true;
        }
        for (String tag : item.tags()) {
            if (preferences.tags().contains(tag)) {
                return true;
            }
        }
        return false;
    }

    private double since(int item, Item known) {
        Instant published = known.publishedAt();
        if (published != null) {
            return now - published.getEpochSecond();
        }
        int first = model.items().first(item);
        return first == ModelTime.NEVER ? 0 : now - ModelTime.epochSeconds(first);
    }

    private double scoped(@Nullable ScopeCounts counts, int item, HalfLife halfLife) {
        return counts == null ? 0 : counts.at(item, halfLife, clock);
    }

    /**
     * A decayed count, which is at most the undecayed one: of events ahead of now each would count
     * for more than one, without bound.
     */
    private static double atMost(int total, double decayed) {
        return Math.min(Math.max(0, total), decayed);
    }

    static float root(float score, float most) {
        return score <= 0 ? 0 : (float) Math.sqrt(score / most);
    }

    static float relative(float score, float best) {
        return score <= 0
                ? 0
                : (float)
                        (NaturalLog.of(LEAST_TOGETHER + Math.min(1, score / best))
                                - LN_LEAST_TOGETHER);
    }

    private static float best(IntFloats scores, Preferences preferences) {
        IntFloats own = preferences.own();
        float best = Float.MIN_NORMAL;
        for (int order = 0; order < scores.size(); order++) {
            if (scores.value(order) > best && !own.contains(scores.key(order))) {
                best = scores.value(order);
            }
        }
        return best;
    }

    private static float log(double count) {
        return (float) NaturalLog.of(count + LEAST);
    }

    private static float logHours(double seconds) {
        return (float) NaturalLog.of(1 + Math.max(0, seconds) / 3_600);
    }
}
