package dev.freshet.features;

/**
 * How many events came from users who refuse a purpose, by the consent that applies to them.
 *
 * @param withoutPersonalisation events of users who refuse personalisation
 * @param withoutAnalytics events of users who refuse analytics, or personalisation, without which
 *     analytics has no effect
 */
public record ConsentCounts(int withoutPersonalisation, int withoutAnalytics) {
    /** No refusals. */
    static final ConsentCounts NONE = new ConsentCounts(0, 0);
}
