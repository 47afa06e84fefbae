package dev.freshet.model;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * {@link BasketSettings} worked out: powers by look-up, since they are asked for by the ten
 * thousand. By {@code StrictMath}, so that learning from scores gives the same bits everywhere. 52
 * KB for each of at most {@value #MOST} settings in use.
 */
final class BasketTables {
    private static final int POWERS = 4_096;
    private static final int MOST = 256;
    private static final Map<BasketSettings, BasketTables> MADE = new ConcurrentHashMap<>();
    private static final BasketTables DEFAULT = new BasketTables(BasketSettings.DEFAULT);

    private final BasketSettings settings;
    private final float[] source;
    private final float[] target;
    private final float[] nextSource;
    private final float[] nextTarget;
    private final float[] size = new float[ModelSettings.BASKET_ENTRIES + 1];
    private final float[] history = new float[Taste.MOST_ITEMS];
    private final float[] nextDistance = new float[NextItems.WIDTH];
    private final float[] nextHistory = new float[NextItems.LATEST];

    private BasketTables(BasketSettings settings) {
        this.settings = settings;
        source = powers(settings.sourceExponent());
        target = powers(settings.targetExponent());
        nextSource = powers(settings.nextSourceExponent());
        nextTarget = powers(settings.nextTargetExponent());
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
    static BasketTables of(BasketSettings settings) {
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
        return at(source, holders, settings.sourceExponent());
    }

    /** What a candidate counts that stands in so many baskets. */
    float target(int holders) {
        return at(target, holders, settings.targetExponent());
    }

    float nextSource(int holders) {
        return at(nextSource, holders, settings.nextSourceExponent());
    }

    float nextTarget(int holders) {
        return at(nextTarget, holders, settings.nextTargetExponent());
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

    private static float at(float[] powers, int n, double exponent) {
        return n < powers.length ? powers[Math.max(1, n)] : power(n, exponent);
    }

    private static float[] powers(double exponent) {
        float[] powers = new float[POWERS];
        for (int n = 1; n < POWERS; n++) {
            powers[n] = power(n, exponent);
        }
        return powers;
    }

    private static float power(int n, double exponent) {
        return (float) StrictMath.pow(n, -exponent);
    }

    private static float half(int n, double half) {
        return (float) (half / (half + n));
    }
}
