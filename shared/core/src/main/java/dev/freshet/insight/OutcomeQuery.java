package dev.freshet.insight;

import static dev.freshet.query.InvalidQueryException.require;

import dev.freshet.json.WireName;
import dev.freshet.model.sums.OutcomeHistory;
import dev.freshet.model.sums.OutcomeHours;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.query.InvalidQueryException;
import dev.freshet.query.QueryParameters;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A question for outcomes.
 *
 * @param from the first day, in UTC
 * @param to the last day, in UTC
 * @param placement only lists of this placement; null for all
 * @param arm only lists of the arm with this label; null for all
 * @param by what the rows are broken down by
 */
public record OutcomeQuery(
        LocalDate from,
        LocalDate to,
        @Nullable String placement,
        @Nullable String arm,
        Set<Dimension> by) {
    /** Days that are reported where the question names none: today and the week before. */
    static final int DAYS = 8;

    /** Days that hours are looked for on where the question names none: those that are kept. */
    static final int DAYS_OF_HOURS = OutcomeHours.HOURS / 24 + 1;

    /** What rows can be broken down by. */
    public enum Dimension implements WireName {
        DAY,
        /** The latest {@link OutcomeHours#HOURS} hours alone. */
        HOUR,
        PLACEMENT,
        ARM,
        /** Segments of users, over all placements. */
        SEGMENT,
        SOURCE,
        POSITION
    }

    private static final int MAX_NAME = 128;
    private static final int MAX_BY = 64;
    private static final LocalDate EARLIEST = LocalDate.of(2000, 1, 1);
    private static final LocalDate LATEST = LocalDate.of(2999, 12, 31);

    /**
     * Reads the parameters of {@code GET /v1/insights/outcomes}.
     *
     * @param today the day of the request, in UTC
     * @throws InvalidQueryException if a parameter is unknown or no value of it
     */
    public static OutcomeQuery of(Map<String, String> parameters, LocalDate today) {
        QueryParameters asked =
                QueryParameters.of(parameters, "from", "to", "placement", "arm", "by");
        LocalDate to = day(asked, "to", today);
        Set<Dimension> by = by(asked.find("by").orElse(""));
        boolean byHour = by.contains(Dimension.HOUR);
        LocalDate from = day(asked, "from", to.minusDays((byHour ? DAYS_OF_HOURS : DAYS) - 1L));
        require(
                !from.isAfter(to)
                        && !from.plusDays(OutcomeHistory.MAX_DAYS).isBefore(to.plusDays(1)),
                "malformed-days",
                "to must not be before from, and at most "
                        + OutcomeHistory.MAX_DAYS
                        + " days are reported at once.");
        String placement = name(asked, "placement");
        String arm = name(asked, "arm");
        if (byHour && (by.size() > 1 || arm != null)) {
            throw new InvalidQueryException(
                    "malformed-by",
                    "hour is answered for one placement or for all: name no arm, and break down by"
                            + " nothing else.");
        }
        boolean onlyDays = Set.of(Dimension.SEGMENT, Dimension.DAY).containsAll(by);
        if (by.contains(Dimension.SEGMENT) && (!onlyDays || placement != null || arm != null)) {
            throw new InvalidQueryException(
                    "malformed-by",
                    "segment is answered for all placements: name no placement and no arm, and"
                            + " break down by nothing else but day.");
        }
        return new OutcomeQuery(from, to, placement, arm, by);
    }

    /** Returns whether the rows are of segments of users. */
    public boolean isBySegment() {
        return by.contains(Dimension.SEGMENT);
    }

    /** Returns whether the rows are hours, of one placement or of all. */
    public boolean isByHour() {
        return by.contains(Dimension.HOUR);
    }

    /**
     * Returns whether rows are of a pair. The lists of an arm are also lists of the placement, so
     * rows are of either kind and not of both.
     */
    boolean takes(OutcomePair pair) {
        if (isBySegment() || pair.isOfSegment()) {
            return isBySegment() && pair.isOfSegment();
        }
        if (arm == null && by.contains(Dimension.ARM)) {
            return isOf(pair.placement()) && !pair.isOfPlacement();
        }
        return counts(pair);
    }

    /** Returns whether a pair is one of those that hold each list of the question once. */
    boolean counts(OutcomePair pair) {
        return !pair.isOfSegment()
                && isOf(pair.placement())
                && (arm == null ? pair.isOfPlacement() : arm.equals(pair.arm()));
    }

    /** Returns whether lists of a placement are asked for. */
    boolean isOf(String other) {
        return placement == null || placement.equals(other);
    }

    private static LocalDate day(QueryParameters asked, String name, LocalDate otherwise) {
        String text = asked.find(name).orElse(otherwise.toString());
        try {
            LocalDate day = LocalDate.parse(text);
            if (!day.isBefore(EARLIEST) && !day.isAfter(LATEST)) {
                return day;
            }
        } catch (DateTimeParseException malformed) {
            // answered below
        }
        throw new InvalidQueryException(
                "malformed-days", name + " must be a day, such as 2026-11-24.");
    }

    private static @Nullable String name(QueryParameters asked, String name) {
        String text = asked.find(name).orElse(null);
        if (text != null && text.length() > MAX_NAME) {
            throw new InvalidQueryException(
                    "malformed-" + name, name + " has at most " + MAX_NAME + " characters.");
        }
        return text;
    }

    private static Set<Dimension> by(String text) {
        Set<Dimension> by = EnumSet.noneOf(Dimension.class);
        if (text.length() > MAX_BY) {
            throw malformedBy();
        }
        for (String name : text.isEmpty() ? List.<String>of() : List.of(text.split(",", -1))) {
            by.add(WireName.find(Dimension.class, name).orElseThrow(OutcomeQuery::malformedBy));
        }
        if (by.contains(Dimension.SOURCE) && by.contains(Dimension.POSITION)) {
            throw malformedBy();
        }
        return by;
    }

    private static InvalidQueryException malformedBy() {
        return new InvalidQueryException(
                "malformed-by",
                "by lists day, placement, arm and either source or position, separated by"
                        + " commas; or hour alone; or segment, and day beside it.");
    }
}
