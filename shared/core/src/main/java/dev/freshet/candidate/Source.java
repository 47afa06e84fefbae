package dev.freshet.candidate;

import java.util.Locale;

/** Where a candidate comes from, and what a part of its score is owed to. */
public enum Source {
    /** What people met who met what this reader met. */
    CO_OCCURRENCE(0),
    /** What people went on to after the reader's latest item. */
    NEXT_ITEM(1),
    /** What is met together with, or reads like, the item being looked at. */
    SIMILAR(2),
    /** What reads like what this reader met. */
    CONTENT(3),
    /** What is rising just now. */
    TRENDING(4),
    /** What is met by many. */
    POPULARITY(5),
    /** What hardly anybody could meet yet. */
    NEW(6),
    /** What is met by many in the reader's country. */
    COUNTRY(7),
    /** What is met by many on the reader's kind of device. */
    DEVICE(8),
    /** What is by an author, or under a tag, that the reader follows. */
    FOLLOWED(9),
    /** Whatever there is, where a filter leaves little. */
    CATALOGUE(10),
    /** What fits this reader by learned vectors. */
    FACTORS(11);

    private static final Source[] VALUES = values();

    private final int index;

    Source(int index) {
        this.index = index;
    }

    /** How many there are: the length of arrays by {@link #index}. */
    public static int count() {
        return VALUES.length;
    }

    /** The source of this index. */
    public static Source of(int index) {
        return VALUES[index];
    }

    /** From 0, never given away again. */
    public int index() {
        return index;
    }

    /** Its bit in exposure tokens. */
    public int bit() {
        return 1 << index;
    }

    /** The name in reasons: {@code co-occurrence}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
