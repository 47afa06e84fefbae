package dev.freshet.lake;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;

/**
 * A range of days or times in SQL.
 *
 * @param from the first, an expression that both engines read
 * @param to the end, exclusive, an expression of the same type
 */
public record SqlRange(String from, String to) {
    /** Days of one statement: Athena opens at most 100 partitions in one. */
    public static final int MAX_DAYS = 90;

    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSSSSS");

    /** Every time. */
    public static final SqlRange EVER =
            times(Instant.EPOCH, LocalDate.of(9999, 1, 1).atStartOfDay().toInstant(ZoneOffset.UTC));

    /** Returns the range of days from one to another, exclusive. */
    public static SqlRange days(LocalDate from, LocalDate to) {
        return new SqlRange(day(from), day(to));
    }

    /** Returns the range of times from one to another, exclusive. */
    public static SqlRange times(Instant from, Instant to) {
        return new SqlRange(time(from), time(to));
    }

    /**
     * Returns days by their distance from the day on which the statement runs, for statements that
     * are written once and run each night.
     *
     * @param most of the first day
     * @param least of the day before which the range ends; −1 for tomorrow
     */
    public static SqlRange daysAgo(int most, int least) {
        return new SqlRange(dayAgo(most), dayAgo(least));
    }

    static String day(LocalDate day) {
        return "DATE '" + day + "'";
    }

    /** Returns a time as an expression, to microseconds. */
    public static String time(Instant time) {
        return "TIMESTAMP '" + TIME.format(LocalDateTime.ofInstant(time, ZoneOffset.UTC)) + "'";
    }

    private static String dayAgo(int days) {
        return "date_add('day', " + -days + ", current_date)";
    }
}
