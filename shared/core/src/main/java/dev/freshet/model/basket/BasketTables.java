package dev.freshet.model.basket;

import dev.freshet.model.history.Preferences;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Lookup tables of the functions that {@link BasketSettings} parameterize, since a request
 * evaluates them tens of thousands of times. They are computed by {@code StrictMath}, so that
 * learning from scores gives the same bits on every machine. 52 KB for each of at most {@value
 * #MAX_CACHED} settings in use.
 */
public final class BasketTables {
    private static final int POWERS = 4_096;
    private static final int MAX_CACHED = 256;
    private static final Map<BasketSettings, BasketTables> CACHE = new ConcurrentHashMap<>();
    private static final BasketTables DEFAULT = new BasketTables(BasketSettings.DEFAULT);

    private final BasketSettings settings;

    /** The weight of a user's item by the number of baskets that hold it. */
    final Powers source;

    /** The scale of a candidate by the number of baskets that hold it. */
    final Powers target;

    /** The weight, for next-item scores, of a user's item by the number of its holders. */
    final Powers nextSource;

    /** The scale, for next-item scores, of a candidate by the number of its holders. */
    final Powers nextTarget;

    /** The weight of a basket by its number of entries. */
    final float[] size = new float[ModelSettings.BASKET_ENTRIES + 1];

    /** The weight of a user's item by its rank in the preferences. */
    final float[] history = new float[Preferences.MAX_ITEMS];

    /** The weight of an entry by the number of entries between it and the user's item. */
    final float[] nextDistance = new float[NextItems.WIDTH];

    private final float[] nextHistory = new float[NextItems.LATEST];

    private BasketTables(BasketSettings settings) {
        this.settings = settings;
        source = new Powers(settings.sourceExponent());
        target = new Powers(settings.targetExponent());
        nextSource = new Powers(settings.nextSourceExponent());
        nextTarget = new Powers(settings.nextTargetExponent());
        for (int n = 0; n < size.length; n++) {
            size[n] = power(Math.max(1, n), settings.sizeExponent());
        }
        for (int rank = 0; rank < history.length; rank++) {
            history[rank] = (float) StrictMath.pow(2, -rank / settings.halfHistory());
        }
        for (int n = 0; n < nextDistance.length; n++) {
            nextDistance[n] = half(n, settings.nextHalfDistance());
        }
        for (int rank = 0; rank < nextHistory.length; rank++) {
            nextHistory[rank] = (float) StrictMath.pow(settings.nextDecay(), rank);
        }
    }

    /** Returns the tables of these settings; cached. */
    @SuppressWarnings("ReferenceEquality") // identity only as a shortcut
    public static BasketTables of(BasketSettings settings) {
        if (settings == BasketSettings.DEFAULT) {
            return DEFAULT;
        }
        if (CACHE.size() >= MAX_CACHED) {
            CACHE.clear();
        }
        return CACHE.computeIfAbsent(settings, BasketTables::new);
    }

    /** Returns the share that a disliked item subtracts from the baskets that hold it. */
    float dislike() {
        return (float) settings.dislike();
    }

    /**
     * Returns the next-item weight of a user's item by its rank in the preferences and by its age
     * relative to the latest item.
     */
    float nextHistory(int rank, long secondsBefore) {
        double hours = Math.max(0, secondsBefore) / 3_600.0;
        return nextHistory[rank] * (float) StrictMath.pow(2, -hours / settings.nextHalfHours());
    }

    private static float power(int n, double exponent) {
        return (float) StrictMath.pow(n, -exponent);
    }

    private static float half(int n, double half) {
        return (float) (half / (half + n));
    }

    /** The function n⁻ᵉ as a lookup table; n = 0 counts as 1. */
    static final class Powers {
        /** The constant 1, of exponent 0. */
        static final Powers ONE = new Powers(0);

        private final double exponent;
        private final float[] powers = new float[POWERS];

        private Powers(double exponent) {
            this.exponent = exponent;
            for (int n = 0; n < POWERS; n++) {
                powers[n] = power(Math.max(1, n), exponent);
            }
        }

        /** Returns n⁻ᵉ. */
        public float of(int n) {
            return n < POWERS ? powers[n] : power(n, exponent);
        }
    }
}
