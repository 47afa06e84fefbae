package dev.freshet.bench.baseline;

import java.util.Arrays;
import java.util.Locale;

/**
 * Nearest sessions by order and time: STAN of Garg, Gupta, Malhotra, Vig and Shroff, "Sequence and
 * Time Aware Neighborhood for Session-based Recommendations" (SIGIR 2019), and VSTAN of Ludewig,
 * Mauro, Latifi and Jannach, "Empirical analysis of session-based recommendation algorithms" (User
 * Modeling and User-Adapted Interaction 31, 2021), which adds the last two factors. Both as in the
 * authors' framework session-rec.
 *
 * <p>With p(i, s) the position of item i in session s, its last one, and l(s) its length:
 *
 * <ol>
 *   <li>w₁(i) = exp((p(i, s) − l(s)) / λ₁): the later in the current session s, the heavier. The
 *       similarity of a past session n is the cosine of w₁ and its set of items.
 *   <li>w₂(n) = exp(−(t(s) − t(n)) / λ₂): past sessions that are older are less similar.
 *   <li>w₃(i, n) = exp(−|p(i, n) − p(i*, n)| / λ₃): an item counts the more, the nearer in the past
 *       session it is to i*, the last item there that the current session has too.
 *   <li>VSTAN: w₄(n) = exp((p − l(s)) / λ₄), with p the last position in s of an item of n.
 *   <li>VSTAN: 1 + λ₅ · idf(i), with idf(i) = ln(sessions / sessions with i).
 * </ol>
 *
 * <p>An item's score is the sum of the products over the most similar sessions that have it. The
 * current session is extended by what the person did before it, so that one that has just begun has
 * neighbours. Scoring costs O(query · sample + neighbours · session length).
 */
final class Stan implements Baseline {
    /** Number of the person's latest events that are compared. */
    static final int QUERY = 50;

    /** Latest events of a basket or person that are kept at least. */
    private static final int EVENTS = 200;

    private static final double SECONDS_OF_A_DAY = 86_400;

    private final Settings settings;
    private final UserBaskets baskets;
    private final BasketSearch similar;
    private final Sequences sequences = new Sequences(EVENTS);
    private final Sequences people = new Sequences(EVENTS);

    private final int[] query = new int[QUERY];
    private final float[] weights = new float[QUERY];

    /**
     * How many events ago the query has the item, plus one; 0 for an item that it does not have.
     */
    private final int[] agoPlusOne;

    private final int[] placed;
    private int pass;

    /**
     * Settings.
     *
     * @param unit what a past session is
     * @param sample number of the most recent sessions with a shared item that are considered
     * @param neighbours number of the most similar of them that contribute
     * @param decays how weights fall
     * @param idf λ₅, from 0; 0 in STAN
     */
    record Settings(UserBaskets.Unit unit, int sample, int neighbours, Decays decays, double idf) {
        /** STAN with usual settings. */
        static final Settings STAN =
                new Settings(
                        UserBaskets.Unit.SESSION,
                        1_000,
                        100,
                        new Decays(1.81, 20, 3.62, Double.POSITIVE_INFINITY),
                        0);

        /** VSTAN with usual settings. */
        static final Settings VSTAN =
                new Settings(STAN.unit, 1_000, 100, STAN.decays.withMatch(3.62), 1);

        Settings over(UserBaskets.Unit other) {
            return new Settings(other, sample, neighbours, decays, idf);
        }

        Settings among(int recent, int nearest) {
            return new Settings(unit, recent, nearest, decays, idf);
        }

        Settings decaying(Decays others) {
            return new Settings(unit, sample, neighbours, others, idf);
        }

        Settings withIdf(double other) {
            return new Settings(unit, sample, neighbours, decays, other);
        }

        /** Returns the settings as text, without those of VSTAN where they have no effect. */
        String text() {
            String stan =
                    String.format(
                            Locale.ROOT,
                            "baskets are %s, %,d most recent, %d nearest, λ₁ %s, λ₂ %s d, λ₃ %s",
                            unit.text(),
                            sample,
                            neighbours,
                            text(decays.position),
                            text(decays.age),
                            text(decays.distance));
            return decays.match == Double.POSITIVE_INFINITY && idf == 0
                    ? stan
                    : stan + ", λ₄ %s, λ₅ %s".formatted(text(decays.match), text(idf));
        }

        private static String text(double value) {
            return value == Double.POSITIVE_INFINITY ? "∞" : String.valueOf(value);
        }
    }

    /**
     * Decays, each above 0; {@link Double#POSITIVE_INFINITY} is none.
     *
     * @param position λ₁, in events
     * @param age λ₂, in days
     * @param distance λ₃, in events
     * @param match λ₄, in events; infinite in STAN
     */
    record Decays(double position, double age, double distance, double match) {
        Decays {
            if (!(position > 0 && age > 0 && distance > 0 && match > 0)) {
                throw new IllegalArgumentException("decays must be above 0");
            }
        }

        Decays withPosition(double other) {
            return new Decays(other, age, distance, match);
        }

        Decays withAge(double other) {
            return new Decays(position, other, distance, match);
        }

        Decays withDistance(double other) {
            return new Decays(position, age, other, match);
        }

        Decays withMatch(double other) {
            return new Decays(position, age, distance, other);
        }
    }

    /**
     * Creates a baseline.
     *
     * @param items number of items
     */
    Stan(int items, Settings settings) {
        this.settings = settings;
        baskets = new UserBaskets(items, settings.unit, settings.sample + 1);
        similar = new BasketSearch(baskets, settings.sample, settings.neighbours);
        agoPlusOne = new int[items];
        placed = new int[items];
    }

    @Override
    public void score(FirstInteraction request, float[] scores) {
        Arrays.fill(scores, 0);
        int own = baskets.current(request);
        int length = query(request.person());
        similar.find(query, length, weights, own);
        weighByAge(length);
        for (int place = 0, nearest = similar.nearest(); place < nearest; place++) {
            addItems(similar.basket(place), scores);
        }
        for (int i = 0; i < length; i++) {
            agoPlusOne[query[i]] = 0;
        }
    }

    /** Reads the distinct items of the person's latest events with w₁; returns their number. */
    private int query(int person) {
        int[] events = people.of(person);
        int count = people.length(person);
        int length = 0;
        for (int ago = 0; ago < Math.min(QUERY, count); ago++) {
            int item = events[count - 1 - ago];
            if (agoPlusOne[item] == 0) {
                agoPlusOne[item] = ago + 1;
                weights[length] = (float) Math.exp(-ago / settings.decays.position);
                query[length++] = item;
            }
        }
        return length;
    }

    /**
     * Turns sums of weights into cosines times w₂. Ages are relative to the most recent session
     * found, a factor that all share, so that none vanishes because all are old.
     */
    private void weighByAge(int length) {
        double squares = 0;
        for (int i = 0; i < length; i++) {
            squares += weights[i] * weights[i];
        }
        long newest = Long.MIN_VALUE;
        for (int place = 0; place < similar.found(); place++) {
            newest = Math.max(newest, baskets.lastSecond(similar.basket(place)));
        }
        double norm = Math.sqrt(squares);
        long latest = newest;
        similar.scale(
                basket -> {
                    double days = (latest - baskets.lastSecond(basket)) / SECONDS_OF_A_DAY;
                    return Math.exp(-days / settings.decays.age)
                            / (norm * Math.sqrt(baskets.items(basket).length));
                });
    }

    private void addItems(int basket, float[] scores) {
        int[] events = sequences.of(basket);
        int length = sequences.length(basket);
        int matched = -1;
        int latest = Integer.MAX_VALUE;
        for (int at = 0; at < length; at++) {
            int ago = agoPlusOne[events[at]];
            if (ago > 0) {
                matched = at;
                latest = Math.min(latest, ago - 1);
            }
        }
        if (matched < 0) {
            return;
        }
        double worth = similar.similarity(basket) * Math.exp(-latest / settings.decays.match);
        pass++;
        for (int at = length - 1; at >= 0; at--) {
            int item = events[at];
            if (placed[item] != pass) {
                placed[item] = pass;
                double near = Math.exp(-Math.abs(at - matched) / settings.decays.distance);
                scores[item] += (float) (worth * near * (1 + settings.idf * idf(item)));
            }
        }
    }

    private double idf(int item) {
        return settings.idf == 0 ? 0 : Math.log((double) baskets.count() / baskets.holding(item));
    }

    @Override
    public void learn(FirstInteraction interaction) {
        int basket = baskets.learn(interaction);
        sequences.add(basket, interaction.item());
        people.add(interaction.person(), interaction.item());
    }

    @Override
    public void observe(FirstInteraction interaction) {
        people.add(interaction.person(), interaction.item());
    }
}
