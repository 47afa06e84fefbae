package dev.freshet.access;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Base64;
import java.util.function.UnaryOperator;

/**
 * Replaces user ids and anonymous ids before anything is stored or read: by an HMAC under a key of
 * its own, as 24 characters of base64url (144 bits). Equal ids have equal replacements, and without
 * the key an id cannot be derived from its replacement. The prefix of anonymous ids stays in front,
 * so that the replacement of an anonymous id is known as one.
 *
 * @param signer the signer under that key
 * @param anonymousPrefix prefix that the ids of anonymous users have, and no user id has
 */
public record IdMask(Signer signer, String anonymousPrefix) implements UnaryOperator<String> {
    /** The bytes used of the signature: enough to avoid collisions among 10¹² ids. */
    private static final int BYTES = 18;

    private static final String LABEL = "id:";

    @Override
    public String apply(String id) {
        byte[] signed = signer.sign((LABEL + id).getBytes(StandardCharsets.UTF_8));
        String replaced = Base64.getUrlEncoder().encodeToString(Arrays.copyOf(signed, BYTES));
        return id.startsWith(anonymousPrefix) ? anonymousPrefix + replaced : replaced;
    }
}
