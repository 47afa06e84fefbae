package dev.freshet.model.part;

import dev.freshet.example.ModelTime;
import org.jspecify.annotations.Nullable;

/**
 * One interaction that counts for popularity.
 *
 * @param time a {@link ModelTime}
 * @param place a {@link CountryDevice}
 */
public record CountedEvent(int item, int time, int place) {
    /** Returns the time in seconds since 1970. */
    public long epochSeconds() {
        return ModelTime.epochSeconds(time);
    }

    /** Returns the country (ISO 3166-1 alpha-2), or null where it is unknown. */
    public @Nullable String country() {
        return CountryDevice.country(place);
    }

    /** Returns the device, or null where it is unknown. */
    public @Nullable String device() {
        return CountryDevice.device(place);
    }
}
