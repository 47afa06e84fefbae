package dev.freshet.model.signal;

/**
 * What the blend looks at, for one item and one reader at one moment. "ln c" is ln(c + 0.02), so
 * that an item without events stands at −3.9; "√c" saturates less.
 */
public enum Signal {
    /** ln of the decayed count at half an hour. */
    LOG_HALF_HOUR(Source.TRENDING),
    LOG_TWO_HOURS(Source.TRENDING),
    LOG_TWELVE_HOURS(Source.POPULAR),
    LOG_THREE_DAYS(Source.POPULAR),
    LOG_TWO_WEEKS(Source.POPULAR),
    /** √ of the decayed count at half an hour. */
    ROOT_HALF_HOUR(Source.TRENDING),
    ROOT_TWO_HOURS(Source.TRENDING),
    ROOT_TWELVE_HOURS(Source.POPULAR),
    ROOT_THREE_DAYS(Source.POPULAR),
    ROOT_TWO_WEEKS(Source.POPULAR),
    /** ln of the undecayed count. */
    LOG_COUNT(Source.POPULAR),
    /** ln(1 + hours since publication, or since the first event where that is not known). */
    LOG_AGE(Source.NEW),
    /**
     * Days since publication or first event, at most 7: how the week ages beside how the hour does.
     */
    AGE_DAYS(Source.NEW),
    /** ln(1 + hours since its last event); the same as the age where there is none. */
    LOG_IDLE(Source.TRENDING),
    /** 1 for an item without any event: nothing is known but what it is. */
    NO_EVENTS(Source.NEW),
    /**
     * ln of co-occurrence relative to the reader's best item: ln(0.01 + s/best) − ln 0.01, 0 to
     * 4.6.
     */
    LOG_CO_OCCURRENCE(Source.TOGETHER),
    /**
     * √ of co-occurrence over the weight that the reader's items have together, so that it grows
     * with how much is known of how many of them.
     */
    ROOT_CO_OCCURRENCE(Source.TOGETHER),
    /**
     * ln(1 + s), s being how strongly the item comes after the reader's latest ones ({@link
     * NextItems}): 1 for one reader who went there straight from the latest.
     */
    NEXT(Source.NEXT),
    /** Cosine of TF-IDF with the reader's profile, −1 to 1. */
    CONTENT(Source.CONTENT),
    /**
     * Lift of the item's tags for this reader, from what was liked and what was shown in vain; −2
     * to 2.
     */
    TAGS(Source.CONTENT),
    /** Lift of the item's author, likewise. */
    AUTHOR(Source.CONTENT),
    /** ln of the reader's country's count at two hours; ln 0.02 where the country is unknown. */
    LOG_COUNTRY_SHORT(Source.COUNTRY),
    LOG_COUNTRY_LONG(Source.COUNTRY),
    /** ln of the reader's device's count at three days, likewise. */
    LOG_DEVICE_LONG(Source.DEVICE),
    /** 1 when the reader follows the item's author or one of its tags. */
    FOLLOWED(Source.FOLLOWED),
    /**
     * The same as {@link #NEXT} relative to the reader's best item, as {@link #LOG_CO_OCCURRENCE}.
     */
    LOG_NEXT(Source.NEXT),
    /** As {@link #NEXT}, of what others met before the reader's latest items. */
    PRECEDING(Source.NEXT),
    /** As {@link #LOG_NEXT}, likewise. */
    LOG_PRECEDING(Source.NEXT),
    /** Cosine of the item's embedding with the reader's, −1 to 1; 0 where either has none. */
    EMBEDDING(Source.CONTENT),
    /** Product of the reader's and the item's learned vectors, mostly 0 to 1. */
    FACTORS(Source.FACTORS),
    /**
     * What like-minded readers met within the last days ({@link
     * dev.freshet.model.basket.RecentCoOccurrence}), relative to the best item, as {@link
     * #LOG_CO_OCCURRENCE}.
     */
    LOG_RECENT_CO_OCCURRENCE(Source.TOGETHER),
    /** The same as {@link #ROOT_CO_OCCURRENCE}. */
    ROOT_RECENT_CO_OCCURRENCE(Source.TOGETHER),
    /** ln of the count among the latest interactions, halved every 16 of them. */
    LOG_LATEST(Source.TRENDING),
    /** ln(1 + minutes) of {@link #LOG_AGE}: how the first hour goes by. */
    LOG_AGE_MINUTES(Source.NEW),
    /**
     * How far the item's age lies from that at which the reader met the latest items, −|difference|
     * of ln(1 + hours).
     */
    USUAL_AGE(Source.NEW),
    /** How far its count lies from the latest items', −|difference| of ln(1 + count). */
    USUAL_COUNT(Source.POPULAR),
    /**
     * ln(1 + place) in the list that it was shown in, from 0; known only to what is learned from
     * choices, and zero when items are ranked.
     */
    POSITION(Source.NEW);

    /** What a signal is put down to when an item is explained. */
    public enum Source {
        TRENDING,
        POPULAR,
        NEW,
        TOGETHER,
        NEXT,
        CONTENT,
        COUNTRY,
        DEVICE,
        FOLLOWED,
        FACTORS;

        /** Where it stands among the others; new ones come last. */
        @SuppressWarnings("EnumOrdinal") // the order is part of the format
        public int at() {
            return ordinal();
        }
    }

    /** How many signals there are: the length of a vector. */
    public static final int COUNT = values().length;

    private final Source source;

    Signal(Source source) {
        this.source = source;
    }

    /** Where the signal stands in a vector. */
    @SuppressWarnings("EnumOrdinal") // that is what a vector is
    public int at() {
        return ordinal();
    }

    public Source source() {
        return source;
    }
}
