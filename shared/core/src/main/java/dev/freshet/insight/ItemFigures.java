package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import dev.freshet.insight.CatalogueReport.NeverShownReason;
import dev.freshet.json.JsonRecords.SixDigits;
import org.jspecify.annotations.Nullable;

/** What a list of items says about one of them. */
public sealed interface ItemFigures {
    /** Returns the number by which the list is ordered, the largest first. */
    double worth();

    /**
     * How long an item holds attention.
     *
     * @param attentionSeconds mean time of reading, drawn to that of the item's type by as much as
     *     20 readings
     * @param readings dwells of which the time is known
     * @param expectedSeconds what its number of words takes at 230 a minute; null where the
     *     catalogue does not say how many it has
     * @param ofExpected the mean over that time; null likewise
     * @param deepShare part of the scrolls that reached 75 %; null without scrolls
     */
    @JsonInclude(Include.ALWAYS)
    record Attention(
            @SixDigits double attentionSeconds,
            int readings,
            @SixDigits @Nullable Double expectedSeconds,
            @SixDigits @Nullable Double ofExpected,
            @SixDigits @Nullable Double deepShare)
            implements ItemFigures {
        @Override
        public double worth() {
            return attentionSeconds;
        }
    }

    /**
     * How much an item rose in the present hour of event time against the hour before.
     *
     * @param users in the present hour, at least 5
     * @param usersBefore in the hour before; null where they are 1 to 4
     */
    @JsonInclude(Include.ALWAYS)
    record Rising(
            @SixDigits double ratio, @SixDigits double z, long users, @Nullable Long usersBefore)
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
    record NeverShown(NeverShownReason reason, @JsonIgnore long born) implements ItemFigures {
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
     * @param clickRate clicks for each showing
     * @param clickRateUpper end of Wilson's interval of the rate
     * @param placementRate clicks for each place of all lists
     */
    record ShownInVain(
            @SixDigits double shown,
            @SixDigits double clicks,
            @SixDigits double clickRate,
            @SixDigits double clickRateUpper,
            @SixDigits double placementRate)
            implements ItemFigures {
        @Override
        public double worth() {
            return shown;
        }
    }
}
