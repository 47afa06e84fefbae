package dev.freshet.model.signal;

import dev.freshet.model.history.Ablation;
import dev.freshet.model.item.ItemScores;
import java.util.List;

/**
 * Everything that one source of recommendations contributes, in one class: its signals with the
 * weights they start from, its candidates, the attribution of its signals to the user's actions,
 * and the sentence that explains an item by it. Stateless or safe for many threads; {@link
 * SignalFamilies} lists all of them, for serving and for learning alike.
 */
public interface SignalFamily {
    /** Returns the source that the family's signals and candidates are attributed to. */
    Source source();

    /** Returns the family's signals; none for a family that only finds candidates. */
    default List<Signal> signals() {
        return List.of();
    }

    /** Returns whether the family finds candidates, and does not only score those of others. */
    default boolean findsCandidates() {
        return true;
    }

    /** Computes what is the same for all items of one request. Costs what the family documents. */
    Prepared prepare(SignalContext context);

    /** Returns which item a reason of this family names. */
    default Lead lead() {
        return Lead.NONE;
    }

    /** Returns the sentence that explains an item by this family, in English. */
    ReasonMessage reason(ReasonFacts facts);

    /** Which item a reason names as its cause. */
    enum Lead {
        /** None: the reason is the same for all users. */
        NONE,
        /** The item of the user's action that contributes most, else the item being looked at. */
        ACTION,
        /** The item being looked at. */
        LOOKED_AT
    }

    /** A family for one request; used by one thread. */
    interface Prepared {
        /** Writes the family's signals of one item into a vector, at {@link Signal#at}. */
        default void fill(ItemFacts item, float[] vector) {}

        /**
         * Returns items that might be shown, in lists, each best first; whether an item may be
         * shown is for filters to decide.
         *
         * @param limit most items of each list
         */
        default List<ItemScores> candidates(int limit) {
            return List.of();
        }

        /**
         * Returns lists that hard negatives are taken from when the blend learns; empty where the
         * family's candidates rarely contain what users choose.
         *
         * @param limit most items of each list
         */
        default List<HardNegatives> negatives(int limit) {
            return List.of();
        }

        /**
         * Returns what attributes the family's signals to actions.
         *
         * @param ablations the user's preferences without each action
         * @param candidates the items that will be asked about
         */
        default List<Attributor> attributors(List<Ablation> ablations, int[] candidates) {
            return List.of();
        }

        /** Returns about how many numbers were read to prepare the family. */
        default long work() {
            return 0;
        }

        /** Returns about how many numbers are read for the signals of one item. */
        default int workPerItem() {
            return 0;
        }
    }

    /**
     * A list that hard negatives come from.
     *
     * @param first how many of its first items are taken as they are; of the rest some are drawn
     */
    record HardNegatives(ItemScores list, int first) {}
}
