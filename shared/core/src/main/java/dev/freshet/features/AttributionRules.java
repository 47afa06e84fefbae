package dev.freshet.features;

import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.example.ListCredit.OutcomeKind;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How what a user does is attributed to lists that the user was shown.
 *
 * @param clickWindow a click counts in rates up to this long after the list was issued; later ones
 *     are counted apart
 * @param conversionTypes events that count as conversions
 * @param viewThrough a conversion without a click on its item is attributed to the last list that
 *     showed the item within this time; zero: to none
 */
public record AttributionRules(
        Duration clickWindow, Set<EventType> conversionTypes, Duration viewThrough) {
    /** A day for clicks; purchases and forms submitted are conversions; clicks only. */
    public static final AttributionRules DEFAULT =
            new AttributionRules(
                    Duration.ofDays(1),
                    Set.of(EventType.PURCHASE, EventType.SUBMIT),
                    Duration.ZERO);

    private static final Set<EventType> NEVER = Set.of(EventType.IMPRESSION, EventType.CLICK);

    public AttributionRules {
        conversionTypes = Set.copyOf(conversionTypes);
    }

    /**
     * Returns the outcome that an event is; null if it is none.
     *
     * @param sinceIssue the time from the issue of the list that the event names until the event;
     *     null if it names none
     */
    public @Nullable OutcomeKind kind(EventType type, @Nullable Duration sinceIssue) {
        if (conversionTypes.contains(type)) {
            return OutcomeKind.CONVERSION;
        }
        return switch (type) {
            case CLICK ->
                    sinceIssue != null && sinceIssue.toSeconds() > clickWindow.toSeconds()
                            ? OutcomeKind.LATE_CLICK
                            : OutcomeKind.CLICK;
            case HIDE, DISLIKE -> sinceIssue != null ? OutcomeKind.HIDE : null;
            default -> null;
        };
    }

    /**
     * Returns the event types of a list of names, separated by commas.
     *
     * @param known the types of the stack
     * @throws IllegalArgumentException if a name is none, or that of impressions or clicks
     */
    public static Set<EventType> types(String names, EventTypes known) {
        EnumSet<EventType> types = EnumSet.noneOf(EventType.class);
        for (String name : names.split(",", -1)) {
            types.add(
                    known.ofName(name)
                            .filter(type -> !NEVER.contains(type))
                            .orElseThrow(
                                    () ->
                                            new IllegalArgumentException(
                                                    name
                                                            + " is no type of event that can be a conversion")));
        }
        return types;
    }
}
