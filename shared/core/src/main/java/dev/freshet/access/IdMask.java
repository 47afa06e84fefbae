package dev.freshet.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Replaces the ids of persons at the door, before anything is stored or asked for: an HMAC under a
 * key of its own, as 24 characters of base 64 for URLs (144 bits). The same id always becomes the
 * same text, and without the key nobody can tell of whom it is. User ids and anonymous ids are
 * replaced alike.
 *
 * @param signer under the key; derived by no other label
 */
public record IdMask(Signer signer) implements UnaryOperator<String> {
    /** Bytes kept of the signature: enough that no two of 10¹² ids meet. */
    private static final int BYTES = 18;

    private static final String LABEL = "id:";

    @Override
    public String apply(String id) {
        byte[] signed = signer.sign((LABEL + id).getBytes(StandardCharsets.UTF_8));
        return Base64.getUrlEncoder().encodeToString(Arrays.copyOf(signed, BYTES));
    }
}
