package dev.freshet.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The time over which popular items are counted; later interactions count more. */
public enum Period {
    HOUR,
    DAY,
    WEEK,
    MONTH;

    /** The period of a request that names none. */
    public static final Period DEFAULT = WEEK;

    /** Returns the name in requests: {@code week}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the period of a name.
     *
     * @throws InvalidQueryException if there is none
     */
    static Period of(String wireName) {
        return Arrays.stream(values())
                .filter(period -> period.wireName().equals(wireName))
                .findFirst()
                .orElseThrow(
                        () ->
                                new InvalidQueryException(
                                        "unknown-period",
                                        "There is no period "
                                                + Members.quoted(wireName)
                                                + "; the periods are "
                                                + Arrays.stream(values())
                                                        .map(Period::wireName)
                                                        .collect(Collectors.joining(", "))
                                                + "."));
    }
}
