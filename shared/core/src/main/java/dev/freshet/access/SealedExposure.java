package dev.freshet.access;

import java.util.Optional;

/**
 * An exposure token that an event brings: its text, which the stream keeps, and the list that it
 * names, decoded once.
 */
public record SealedExposure(String text, ExposureToken list) {
    /**
     * Verifies and decodes a token, see {@link ExposureToken#open}.
     *
     * @param signer the signer derived by {@link Signer#EXPOSURE}
     */
    public static Optional<SealedExposure> open(String text, Signer signer) {
        return ExposureToken.open(text, signer).map(list -> new SealedExposure(text, list));
    }

    /** Decodes a token that was verified before, see {@link ExposureToken#reopen}. */
    public static Optional<SealedExposure> reopen(String text) {
        return ExposureToken.reopen(text).map(list -> new SealedExposure(text, list));
    }

    /** Returns the text of the token. */
    @Override
    public String toString() {
        return text;
    }
}
