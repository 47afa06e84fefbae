package dev.freshet.model.basket;

import dev.freshet.example.Example;
import dev.freshet.example.ModelTime;
import dev.freshet.model.rows.Continuation;
import dev.freshet.model.rows.Ints;

/**
 * The baskets of anonymous users who are known for a short time. Nothing in a basket that waits
 * counts for others. The ratings and likes of one whose opinions are withheld do not count either,
 * though the rest may: opinions are few, so that a small crowd of invented users would decide what
 * is liked or top-rated, and whoever comes back after days is less likely to be invented.
 *
 * @param waiting by slot, when the first event of a basket that waits was received ({@link
 *     ModelTime}); 0 for one that counts
 * @param withheld by slot, likewise of a basket whose opinions are withheld; 0 for one whose count
 */
public record Newcomers(Ints waiting, Ints withheld) {
    /** Seconds for which an anonymous user has to be known before opinions count: three days. */
    static final int OPINION_SECONDS = 3 * ModelTime.SECONDS_PER_DAY;

    static final Newcomers NONE = new Newcomers(Ints.EMPTY, Ints.EMPTY);

    /** Returns whether nothing in a basket counts for others yet. */
    public boolean isWaiting(int slot) {
        return waiting.get(slot) != ModelTime.NEVER;
    }

    /** The mutable continuation. */
    static final class Draft implements Continuation<Newcomers> {
        private final Ints.Draft waiting;
        private final Ints.Draft withheld;

        Draft(Newcomers from) {
            waiting = from.waiting.draft();
            withheld = from.withheld.draft();
        }

        /**
         * Returns whether a user waits at an interaction.
         *
         * @param slot of the user; −1 for none
         */
        boolean waits(int slot, Example.Interaction interaction) {
            return isNewer(slot, waiting, interaction, interaction.standing().waitSeconds());
        }

        /**
         * Returns whether the opinions of a user are withheld at an interaction: those of users who
         * have to wait at all, for {@value #OPINION_SECONDS} seconds.
         *
         * @param slot of the user; −1 for none
         */
        boolean withholds(int slot, Example.Interaction interaction) {
            int wait = interaction.standing().waitSeconds() == 0 ? 0 : OPINION_SECONDS;
            return isNewer(slot, withheld, interaction, wait);
        }

        private static boolean isNewer(
                int slot, Ints.Draft since, Example.Interaction interaction, int wait) {
            if (wait == 0 || (slot >= 0 && since.get(slot) == ModelTime.NEVER)) {
                return false;
            }
            return slot < 0 || ModelTime.of(interaction.receivedAt()) - since.get(slot) < wait;
        }

        boolean isWaiting(int slot) {
            return waiting.get(slot) != ModelTime.NEVER;
        }

        boolean isWithheld(int slot) {
            return withheld.get(slot) != ModelTime.NEVER;
        }

        void begin(int slot, int since) {
            set(slot, since, since);
        }

        void set(int slot, int waitingSince, int withheldSince) {
            set(waiting, slot, waitingSince);
            set(withheld, slot, withheldSince);
        }

        /** Lets a basket count, and returns whether it waited. */
        boolean admit(int slot) {
            return set(waiting, slot, ModelTime.NEVER);
        }

        /** Lets the opinions of a basket count, and returns whether they were withheld. */
        boolean publish(int slot) {
            return set(withheld, slot, ModelTime.NEVER);
        }

        /** Sets a time that is another one, so that no array grows for nothing. */
        private static boolean set(Ints.Draft times, int slot, int time) {
            boolean changes = times.get(slot) != time;
            if (changes) {
                times.set(slot, time);
            }
            return changes;
        }

        @Override
        public Newcomers content(boolean sealed) {
            return new Newcomers(waiting.content(sealed), withheld.content(sealed));
        }
    }
}
