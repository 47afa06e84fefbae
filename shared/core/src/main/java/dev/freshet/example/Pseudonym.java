package dev.freshet.example;

import dev.freshet.access.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * A user's name in the model: the first 64 bits of HMAC-SHA-256 of the user's id under the stack's
 * secret.
 *
 * @param bits the 64 bits
 */
public record Pseudonym(long bits) {

    /**
     * Computes the pseudonyms of users in the model. Without the secret it is not possible to tell
     * whose basket a pseudonym names, nor to find a user's basket.
     *
     * @param signer under the stack's secret
     */
    public record Pseudonyms(Signer signer) {
        private static final String LABEL = "basket:";

        /** Returns the pseudonym of a user id or anonymous id. */
        public Pseudonym of(String userId) {
            byte[] signed = signer.sign((LABEL + userId).getBytes(StandardCharsets.UTF_8));
            return new Pseudonym(ByteBuffer.wrap(signed).getLong());
        }
    }
}
