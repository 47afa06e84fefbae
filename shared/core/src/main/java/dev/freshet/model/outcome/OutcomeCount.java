package dev.freshet.model.outcome;

/**
 * The counts of a day, placement and arm. Their order is part of the format of snapshots; a new one
 * is appended.
 */
public enum OutcomeCount {
    /** Lists whose impression arrived. */
    LISTS,
    /** Places of these lists that the page showed. */
    PLACES,
    /** Places whose item was drawn. */
    EXPLORED,
    /** Lists with a click within the click window. */
    LISTS_CLICKED,
    /** Clicks within the click window, on lists whose impression arrived. */
    CLICKS,
    /** Clicks after the click window, on lists whose impression arrived. */
    LATE_CLICKS,
    /** Clicks on lists whose impression has not arrived. */
    UNSEEN_CLICKS,
    /** Conversions, less those that were taken back. */
    CONVERSIONS,
    /** Items hidden or disliked, less those that were taken back. */
    HIDES
}
