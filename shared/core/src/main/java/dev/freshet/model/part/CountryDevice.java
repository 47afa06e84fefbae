package dev.freshet.model.part;

import static dev.freshet.event.Context.DEVICES;

import dev.freshet.event.Context;
import org.jspecify.annotations.Nullable;

/**
 * The country and device of an interaction, packed into {@value #BITS} bits; 0 where neither is
 * known. A country that is not two letters A to Z counts as unknown. A device other than {@link
 * Context#DEVICES} counts as {@code other}, so that text chosen by a client never enters the model.
 */
public final class CountryDevice {
    static final int BITS = 13;

    /** The largest packed value. */
    public static final int MOST = 26 * 26 * 8 + 7;

    private CountryDevice() {}

    /** Packs a country (ISO 3166-1 alpha-2) and a device; null for unknown. */
    public static int of(@Nullable String country, @Nullable String device) {
        return country(country) << 3 | (device == null ? 0 : 1 + number(device));
    }

    /** Returns the country (ISO 3166-1 alpha-2), or null where it is unknown. */
    public static @Nullable String country(int place) {
        int number = place >>> 3;
        if (number == 0) {
            return null;
        }
        return new String(
                new char[] {(char) ('A' + (number - 1) / 26), (char) ('A' + (number - 1) % 26)});
    }

    /** Returns one of {@link Context#DEVICES}, or null where the device is unknown. */
    public static @Nullable String device(int place) {
        int number = place & 7;
        return number == 0 ? null : DEVICES.get(Math.min(number, DEVICES.size()) - 1);
    }

    private static int number(String device) {
        return DEVICES.indexOf(Context.known(device));
    }

    private static int country(@Nullable String alpha2) {
        if (alpha2 == null || alpha2.length() != 2) {
            return 0;
        }
        int first = alpha2.charAt(0) - 'A';
        int second = alpha2.charAt(1) - 'A';
        boolean letters = first >= 0 && first < 26 && second >= 0 && second < 26;
        return letters ? 1 + first * 26 + second : 0;
    }
}
