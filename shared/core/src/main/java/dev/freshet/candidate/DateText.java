package dev.freshet.candidate;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Optional;

/**
 * Reads a text attribute as a time: {@code 2026-05-01}, which is the beginning of the day in UTC,
 * or a date and time of RFC 3339, {@code 2026-05-01T08:30:00.5+02:00}. Filters ask it of thousands
 * of items a request, so it does without a formatter.
 */
final class DateText {
    private static final int DATE = 10;
    private static final int TIME = 19;
    private static final int NANO_DIGITS = 9;
    private static final long SECONDS_PER_DAY = 86_400;
    private static final int NONE = Integer.MIN_VALUE;

    private final String text;
    private int at;

    private DateText(String text) {
        this.text = text;
    }

    /** Returns the time, if the text is one. */
    static Optional<Instant> read(String text) {
        if (text.length() < DATE || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return Optional.empty();
        }
        try {
            return new DateText(text).time();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private Optional<Instant> time() {
        int year = number(0, 4);
        int month = number(5, 2);
        int day = number(8, 2);
        if (year < 0 || month < 0 || day < 0) {
            return Optional.empty();
        }
        long days = LocalDate.of(year, month, day).toEpochDay();
        if (text.length() == DATE) {
            return Optional.of(Instant.ofEpochSecond(days * SECONDS_PER_DAY));
        }
        if (text.length() <= TIME
                || text.charAt(10) != 'T'
                || text.charAt(13) != ':'
                || text.charAt(16) != ':') {
            return Optional.empty();
        }
        int hour = number(11, 2);
        int minute = number(14, 2);
        int second = number(17, 2);
        at = TIME;
        int nanos = text.charAt(at) == '.' ? fraction() : 0;
        int offset = nanos < 0 ? NONE : offset();
        if (hour < 0
                || hour > 23
                || minute < 0
                || minute > 59
                || second < 0
                || second > 59
                || offset == NONE) {
            return Optional.empty();
        }
        long seconds = days * SECONDS_PER_DAY + hour * 3_600L + minute * 60L + second - offset;
        return Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    /** Reads a point and up to nine digits; negative where they are none. */
    private int fraction() {
        at++;
        int nanos = 0;
        int digits = 0;
        while (at < text.length() && digit(at) >= 0 && digits < NANO_DIGITS) {
            nanos = 10 * nanos + digit(at);
            at++;
            digits++;
        }
        if (digits == 0) {
            return NONE;
        }
        for (int left = digits; left < NANO_DIGITS; left++) {
            nanos *= 10;
        }
        return nanos;
    }

    /** Returns the seconds that the offset at the end is ahead of UTC, or {@link #NONE}. */
    private int offset() {
        if (at >= text.length()) {
            return NONE;
        }
        char sign = text.charAt(at);
        if (sign == 'Z') {
            return at + 1 == text.length() ? 0 : NONE;
        }
        if ((sign != '+' && sign != '-') || text.length() != at + 6 || text.charAt(at + 3) != ':') {
            return NONE;
        }
        int hours = number(at + 1, 2);
        int minutes = number(at + 4, 2);
        if (hours < 0
                || hours > 18
                || minutes < 0
                || minutes > 59
                || hours * 60 + minutes > 1_080) {
            return NONE;
        }
        int seconds = hours * 3_600 + minutes * 60;
        return sign == '+' ? seconds : -seconds;
    }

    private int number(int from, int digits) {
        int number = 0;
        for (int i = from; i < from + digits; i++) {
            int digit = digit(i);
            if (digit < 0) {
                return -1;
            }
            number = 10 * number + digit;
        }
        return number;
    }

    private int digit(int index) {
        int digit = text.charAt(index) - '0';
        return digit >= 0 && digit <= 9 ? digit : -1;
    }
}
