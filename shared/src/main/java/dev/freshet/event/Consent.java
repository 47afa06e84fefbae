package dev.freshet.event;

/**
 * What the reader allows.
 *
 * @param personalisation rows may be stored and the model may learn
 * @param analytics counts may be kept
 */
public record Consent(boolean personalisation, boolean analytics) {
    /** What holds when neither the event nor the profile says anything. */
    public static final Consent GIVEN = new Consent(true, true);
}
