package dev.freshet.model;

/**
 * What kind of items a reader takes: how old they were when met, and how much met they are. Means
 * over the latest {@value #LATEST} liked ones.
 */
final class Habits {
    static final int LATEST = 5;

    private final int items;
    private final double age;
    private final double count;

    Habits(Model model, Taste taste) {
        items = Math.min(LATEST, taste.size());
        double ages = 0;
        double counts = 0;
        for (int rank = 0; rank < items; rank++) {
            int item = taste.items()[rank];
            int first = model.items().first(item);
            long since =
                    first == ModelTime.NEVER
                            ? 0
                            : taste.epochSeconds()[rank] - ModelTime.epochSeconds(first);
            ages += Ln.of(1 + Math.max(0, since) / 3_600.0);
            counts += Ln.of(1 + Math.max(0, model.counts().totals().get(item)));
        }
        age = ages / Math.max(1, items);
        count = counts / Math.max(1, items);
    }

    /** How near an item of this age, ln(1 + hours), comes to what the reader takes; at most 0. */
    float age(float logHours) {
        return items == 0 ? 0 : (float) -Math.abs(logHours - age);
    }

    /** How near an item met so often comes, likewise. */
    float count(int total) {
        return items == 0 ? 0 : (float) -Math.abs(Ln.of(1 + Math.max(0, total)) - count);
    }
}
