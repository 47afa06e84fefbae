package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.item.ItemScores;
import dev.freshet.model.rows.IntFloats;
import java.util.List;

/**
 * Everything that one source of recommendations contributes, in one class: its signals with the
 * weights they start from, its candidates, the attribution of its signals to the user's actions,
 * and the sentence that explains an item by it. Stateless or safe for many threads; {@link
 * SignalFamilies} lists all of them, for serving and for learning alike.
 */
public abstract class SignalFamily {
    private final Source source;
    private final Lead lead;
    private final List<Signal> signals;

    /**
     * Creates a family.
     *
     * @param source that the family's signals and candidates are attributed to
     * @param lead which item a reason of this family names
     * @param signals none for a family that only finds candidates
     */
    SignalFamily(Source source, Lead lead, Signal... signals) {
        this.source = source;
        this.lead = lead;
        this.signals = List.of(signals);
    }

    /** Returns the source that the family's signals and candidates are attributed to. */
    public final Source source() {
        return source;
    }

    /** Returns the family's signals; none for a family that only finds candidates. */
    public final List<Signal> signals() {
        return signals;
    }

    /** Returns which item a reason of this family names. */
    public final Lead lead() {
        return lead;
    }

    /** Returns whether the family finds candidates, and does not only score those of others. */
    public boolean findsCandidates() {
        return true;
    }

    /** Computes what is the same for all items of one request. Costs what the family documents. */
    public abstract Prepared prepare(SignalContext context);

    /**
     * Returns the sentence that explains an item by this family, in English: by default the one
     * that has the name of the source.
     */
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        String key = source.wireName();
        return lead == Lead.NONE ? ReasonMessage.of(key) : facts.choose(key);
    }

    /** Which item a reason names as its cause. */
    public enum Lead {
        /** None: the reason is the same for all users. */
        NONE,
        /** The item of the user's action that contributes most, else the item being looked at. */
        ACTION,
        /** The item being looked at. */
        LOOKED_AT
    }

    /** A family for one request; used by one thread. */
    public abstract static class Prepared {
        final SignalContext context;
        final ModelView model;
        final Preferences preferences;

        Prepared(SignalContext context) {
            this.context = context;
            model = context.model();
            preferences = context.preferences();
        }

        /** Returns the items with the highest scores, without the user's own and deleted ones. */
        final ItemScores top(IntFloats scores, int limit) {
            return ItemScores.top(scores, preferences.own(), model.items(), limit);
        }

        /** Writes the family's signals of one item into a vector, at {@link Signal#at}. */
        public void fill(ItemFacts item, float[] vector) {}

        /**
         * Returns items that might be shown, in lists, each best first; whether an item may be
         * shown is for filters to decide.
         *
         * @param limit most items of each list
         */
        public List<ItemScores> candidates(int limit) {
            return List.of();
        }

        /**
         * Returns lists that hard negatives are taken from when the blend learns; empty where the
         * family's candidates rarely contain what users choose.
         *
         * @param limit most items of each list
         */
        public List<HardNegatives> negatives(int limit) {
            return List.of();
        }

        /**
         * Returns what attributes the family's signals to actions.
         *
         * @param ablations the user's preferences without each action
         * @param candidates the items that will be asked about
         */
        public List<Attributors.Attributor> attributors(
                List<Ablation> ablations, int[] candidates) {
            return List.of();
        }

        /** Returns about how many numbers were read to prepare the family. */
        public long work() {
            return 0;
        }

        /** Returns about how many numbers are read for the signals of one item. */
        public int workPerItem() {
            return 0;
        }
    }

    /**
     * A list that hard negatives come from.
     *
     * @param first how many of its first items are taken as they are; of the rest some are drawn
     */
    public record HardNegatives(ItemScores list, int first) {}
}
