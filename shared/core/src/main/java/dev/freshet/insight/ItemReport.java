package dev.freshet.insight;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonInclude.Include;
import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One page of a list of items.
 *
 * @param asOf the time that the figures are of
 * @param next where the next page begins; null for the last page
 */
public record ItemReport(
        ItemOrder order,
        long modelVersion,
        Instant asOf,
        List<Row> items,
        @JsonIgnore @Nullable Position next) {
    public ItemReport {
        items = List.copyOf(items);
    }

    /**
     * An item.
     *
     * @param title as in the catalogue; may be empty
     * @param publishedAt as in the catalogue
     */
    @JsonInclude(Include.ALWAYS)
    public record Row(
            String itemId,
            String title,
            List<String> tags,
            @Nullable Instant publishedAt,
            @JsonUnwrapped ItemFigures figures) {
        public Row {
            tags = List.copyOf(tags);
        }
    }

    /**
     * A place in a list, after which a page begins. It is one of values and not of numbers, so that
     * nothing is twice or missing because others were added or left before it.
     *
     * @param worth of the last item of the page before
     * @param itemId its id, which orders items of equal worth
     */
    public record Position(double worth, String itemId) {
        /** Returns whether a row comes after this place. */
        boolean isBefore(Row row) {
            int order = Double.compare(worth, row.figures().worth());
            return order > 0 || (order == 0 && row.itemId().compareTo(itemId) > 0);
        }
    }
}
