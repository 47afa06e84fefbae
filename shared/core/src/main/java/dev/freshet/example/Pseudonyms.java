package dev.freshet.example;

import dev.freshet.access.Signer;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * Gives readers the names under which the model knows them. Without the secret nobody can tell
 * whose basket it is, nor find the basket of somebody.
 *
 * @param signer under the stack's secret
 */
public record Pseudonyms(Signer signer) {
    private static final String LABEL = "basket:";

    /** The pseudonym of a reader, by the id as sent. */
    public Pseudonym of(String readerId) {
        byte[] signed = signer.sign((LABEL + readerId).getBytes(StandardCharsets.UTF_8));
        return new Pseudonym(ByteBuffer.wrap(signed).getLong());
    }
}
