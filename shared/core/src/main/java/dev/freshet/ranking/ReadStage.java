package dev.freshet.ranking;

import java.util.Locale;

/** The stages of the read flow whose times are measured, in their order. */
public enum ReadStage {
    /** The wait for the stores, and the look-up of the model. */
    HYDRATE,
    /** The context of the request, its candidates and their filters. */
    GATHER,
    /** The scores of all candidates and their order. */
    BLEND,
    /** The choice of the items shown: diversity and exploration. */
    DRAW,
    /** The reasons of the items shown. */
    EXPLAIN;

    /** Returns the name in responses and log lines. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
