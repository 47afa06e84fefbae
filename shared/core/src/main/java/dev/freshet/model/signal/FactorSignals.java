package dev.freshet.model.signal;

import dev.freshet.model.factor.Factors;
import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import java.util.List;

/** Product of the user's and the item's learned vectors. Costs one fold-in of the user. */
public final class FactorSignals implements SignalFamily {
    public static final Source SOURCE = new Source(11, "factors");

    /** Product of both vectors, mostly 0 to 1. */
    public static final Signal FACTORS = Signal.of(29, "factors", SOURCE).leastUnit(0.1f);

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public List<Signal> signals() {
        return List.of(FACTORS);
    }

    @Override
    public Lead lead() {
        return Lead.ACTION;
    }

    @Override
    public ReasonMessage reason(ReasonFacts facts) {
        return facts.choose("factors");
    }

    @Override
    public Prepared prepare(SignalContext context) {
        return new OfRequest(context);
    }

    private static final class OfRequest implements Prepared {
        private final Factors factors;
        private final Preferences preferences;
        private final float[] user;

        OfRequest(SignalContext context) {
            factors = context.model().factors();
            preferences = context.preferences();
            user = factors.user(preferences);
        }

        @Override
        public void fill(ItemFacts item, float[] vector) {
            vector[FACTORS.at()] = factors.score(user, item.item());
        }

        @Override
        public List<ItemScores> candidates(int limit) {
            return List.of(factors.near(user, preferences, limit));
        }

        @Override
        public List<Attributor> attributors(List<Ablation> ablations, int[] candidates) {
            return List.of(new FactorsAttributor(factors, preferences, ablations, candidates));
        }
    }
}
