package dev.freshet.insight;

import org.jspecify.annotations.Nullable;

/** What a list of items says about one of them. */
public sealed interface ItemFigures {
    /** Returns the number by which the list is ordered, the largest first. */
    double worth();

    /**
     * How long an item holds attention.
     *
     * @param seconds mean time of reading, drawn to that of the item's type by as much as 20
     *     readings
     * @param readings dwells of which the time is known
     * @param expectedSeconds what its number of words takes at 230 a minute; null where the
     *     catalogue does not say how many it has
     * @param deepShare part of the scrolls that reached 75 %; null without scrolls
     */
    record Attention(
            double seconds,
            int readings,
            @Nullable Double expectedSeconds,
            @Nullable Double deepShare)
            implements ItemFigures {
        @Override
        public double worth() {
            return seconds;
        }
    }

    /**
     * How much an item rose in the present hour of event time against the hour before.
     *
     * @param users in the present hour, at least 5
     * @param usersBefore in the hour before; null where they are 1 to 4
     */
    record Rising(double ratio, double z, long users, @Nullable Long usersBefore)
            implements ItemFigures {
        @Override
        public double worth() {
            return z;
        }
    }

    /**
     * Why an item was not shown.
     *
     * @param born epoch seconds
     */
    record NeverShown(NeverShownReason reason, long born) implements ItemFigures {
        @Override
        public double worth() {
            return born;
        }
    }

    /**
     * An item whose showings lead to few clicks.
     *
     * @param shown with a half-life of a fortnight
     * @param clicks after these, likewise
     * @param upper end of Wilson's interval of the rate
     * @param usual clicks for each place of all lists
     */
    record ShownInVain(double shown, double clicks, double upper, double usual)
            implements ItemFigures {
        @Override
        public double worth() {
            return shown;
        }
    }
}
