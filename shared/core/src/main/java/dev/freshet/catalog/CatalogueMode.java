package dev.freshet.catalog;

/**
 * What is done with items that are in no catalogue. Any client can name such an item by an event.
 */
public enum CatalogueMode {
    /**
     * They are neither learned nor shown. Interactions with them wait, within bounds, until the
     * item is put into the catalogue.
     */
    CLOSED,
    /** They are learned and shown under their id, as a site without a catalogue needs it. */
    OPEN
}
