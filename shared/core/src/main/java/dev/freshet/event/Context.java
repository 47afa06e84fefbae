package dev.freshet.event;

import org.jspecify.annotations.Nullable;

/**
 * The circumstances of an event or a request; each part may be unknown (null).
 *
 * @param device desktop, mobile, tablet, tv, bot or other
 * @param country ISO 3166 alpha-2, upper case
 * @param localHour the hour of the user's local time, 0 to 23
 */
public record Context(
        @Nullable String device,
        @Nullable String os,
        @Nullable String browser,
        @Nullable String locale,
        @Nullable String country,
        @Nullable String region,
        @Nullable String page,
        @Nullable String referrer,
        @Nullable Integer localHour) {
    public static final Context UNKNOWN = of(null, null, null);

    public Context {
        if (localHour != null && (localHour < 0 || localHour > 23)) {
            throw new IllegalArgumentException("localHour must be 0 to 23");
        }
    }

    /** Returns a context of which no more than these are known. */
    public static Context of(
            @Nullable String device, @Nullable String country, @Nullable Integer localHour) {
        return new Context(device, null, null, null, country, null, null, null, localHour);
    }

    /** Returns a copy without the URLs of pages, which are not stored. */
    public Context withoutUrls() {
        return new Context(device, os, browser, locale, country, region, null, null, localHour);
    }
}
