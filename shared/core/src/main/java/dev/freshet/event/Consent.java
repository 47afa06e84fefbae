package dev.freshet.event;

/**
 * What the reader allows, by purpose.
 *
 * @param personalisation what the reader does may be stored, learned from and used for answers, and
 *     how often an item was shown may be counted; without it nothing of an event is kept
 * @param analytics lists shown may be kept as rows, from which the site is measured: experiments,
 *     evaluation. Of no use without {@code personalisation}
 */
public record Consent(boolean personalisation, boolean analytics) {
    /** What holds when neither the event nor the profile says anything. */
    public static final Consent GIVEN = new Consent(true, true);
}
