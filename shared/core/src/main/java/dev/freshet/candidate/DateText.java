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
    private static final int DATE_LENGTH = 10;
    private static final int NANOS_PER_SECOND = 1_000_000_000;
    private static final long SECONDS_PER_DAY = 86_400;

    /** Farthest offset from UTC, in minutes. */
    private static final int MAX_OFFSET = 18 * 60;

    private final String text;
    private int at;

    /** Whether something read so far is not part of a time; the numbers mean nothing then. */
    private boolean wrong;

    private DateText(String text) {
        this.text = text;
    }

    /** Returns the time, if the text is one. */
    static Optional<Instant> read(String text) {
        if (text.length() < DATE_LENGTH || text.charAt(4) != '-') {
            return Optional.empty();
        }
        try {
            return new DateText(text).time();
        } catch (DateTimeException noSuchDay) {
            return Optional.empty();
        }
    }

    private Optional<Instant> time() {
        int year = number(4, 9_999);
        expect('-');
        int month = number(2, 12);
        expect('-');
        int day = number(2, 31);
        if (wrong) {
            return Optional.empty();
        }
        long seconds = LocalDate.of(year, month, day).toEpochDay() * SECONDS_PER_DAY;
        int nanos = 0;
        if (at < text.length()) {
            expect('T');
            seconds += number(2, 23) * 3_600L;
            expect(':');
            seconds += number(2, 59) * 60L;
            expect(':');
            seconds += number(2, 59);
            nanos = fraction();
            seconds -= offset() * 60L;
        }
        return wrong || at < text.length()
                ? Optional.empty()
                : Optional.of(Instant.ofEpochSecond(seconds, nanos));
    }

    /** Reads the nanoseconds of a point and one to nine digits; 0 where there is no point. */
    private int fraction() {
        if (peek() != '.') {
            return 0;
        }
        at++;
        int nanos = 0;
        int unit = NANOS_PER_SECOND;
        while (peek() >= '0' && peek() <= '9') {
            unit /= 10;
            wrong |= unit == 0;
            nanos += number(1, 9) * unit;
        }
        wrong |= unit == NANOS_PER_SECOND;
        return nanos;
    }

    /** Reads the minutes that the offset is ahead of UTC. */
    private int offset() {
        char sign = next();
        if (sign == 'Z') {
            return 0;
        }
        wrong |= sign != '+' && sign != '-';
        int minutes = number(2, 18) * 60;
        expect(':');
        minutes += number(2, 59);
        wrong |= minutes > MAX_OFFSET;
        return sign == '+' ? minutes : -minutes;
    }

    private int number(int digits, int most) {
        int number = 0;
        for (int i = 0; i < digits; i++) {
            int digit = next() - '0';
            wrong |= digit < 0 || digit > 9;
            number = 10 * number + digit;
        }
        wrong |= number > most;
        return number;
    }

    private void expect(char character) {
        wrong |= next() != character;
    }

    private char next() {
        char next = peek();
        at++;
        return next;
    }

    /** Returns the next character; 0, which no time has, at the end. */
    private char peek() {
        return at < text.length() ? text.charAt(at) : 0;
    }
}
