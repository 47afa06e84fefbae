package dev.freshet.event;

/**
 * The consent of a user, by purpose.
 *
 * @param personalisation whether interactions may be stored, learned from and used for responses,
 *     and impressions of an item counted; without it nothing of an event is stored
 * @param analytics whether the lists shown may be stored as rows, for experiments and evaluation;
 *     has no effect without {@code personalisation}
 */
public record Consent(boolean personalisation, boolean analytics) {
    /** The consent that applies if neither the event nor the profile states one. */
    public static final Consent GIVEN = new Consent(true, true);
}
