package dev.freshet.model.basket;

import dev.freshet.model.history.Preferences;
import dev.freshet.model.settings.BasketSettings;
import dev.freshet.model.settings.ModelSettings;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link BasketSettings} worked out: powers by look-up, since they are asked for by the ten
 * thousand. By {@code StrictMath}, so that learning from scores gives the same bits everywhere. 52
 * KB for each of at most {@value #MOST} settings in use.
 */
public final class BasketTables {
    private static final int POWERS = 4_096;
    private static final int MOST = 256;
    private static final Map<BasketSettings, BasketTables> MADE = new ConcurrentHashMap<>();
    private static final BasketTables DEFAULT = new BasketTables(BasketSettings.DEFAULT);

    private final BasketSettings settings;
    private final Powers source;
    private final Powers target;
    private final Powers nextSource;
    private final Powers nextTarget;
    private final float[] size = new float[ModelSettings.BASKET_ENTRIES + 1];
    private final float[] history = new float[Preferences.MOST_ITEMS];
    private final float[] nextDistance = new float[NextItems.WIDTH];
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

    @SuppressWarnings("ReferenceEquality") // a short cut only
    public static BasketTables of(BasketSettings settings) {
        if (settings == BasketSettings.DEFAULT) {
            return DEFAULT;
        }
        if (MADE.size() >= MOST) {
            MADE.clear();
        }
        return MADE.computeIfAbsent(settings, BasketTables::new);
    }

    /** What an item of the reader's counts that stands in so many baskets. */
    float source(int holders) {
        return source.of(holders);
    }

    /** What a candidate counts, by the baskets it stands in. */
    Powers target() {
        return target;
    }

    float nextSource(int holders) {
        return nextSource.of(holders);
    }

    Powers nextTarget() {
        return nextTarget;
    }

    /** What a basket of so many entries counts. */
    float size(int entries) {
        return size[entries];
    }

    /** By rank in the taste. */
    float history(int rank) {
        return history[rank];
    }

    /** A basket's weight, sharpened. */
    float sharp(float weight) {
        double root = Math.sqrt(Math.sqrt(weight));
        double sharp = weight;
        for (int step = 0; step < settings.sharpness(); step++) {
            sharp *= root;
        }
        return (float) sharp;
    }

    float dislike() {
        return (float) settings.dislike();
    }

    /** By entries between the two, from 0. */
    float nextDistance(int between) {
        return nextDistance[between];
    }

    /** By rank in the taste, and by how long before the latest item that was. */
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

    /** n⁻ᵉ by look-up. */
    static final class Powers {
        /** Leaves everything as it is. */
        static final Powers ONE = new Powers(0);

        private final double exponent;
        private final float[] powers = new float[POWERS];

        private Powers(double exponent) {
            this.exponent = exponent;
            for (int n = 0; n < POWERS; n++) {
                powers[n] = power(Math.max(1, n), exponent);
            }
        }

        /** Of 0 as of 1. */
        public float of(int n) {
            return n < POWERS ? powers[n] : power(n, exponent);
        }
    }
}
