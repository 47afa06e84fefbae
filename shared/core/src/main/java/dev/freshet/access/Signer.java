package dev.freshet.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * HMAC-SHA-256 (RFC 2104) under one key. Each purpose has a key of its own, derived from the
 * stack's secret by a label, so that a signature made for one purpose means nothing for another.
 */
public final class Signer {
    /** The label of the keys of exposure tokens. */
    public static final String EXPOSURE = "exposure";

    /** The label of the keys of import permits. */
    public static final String IMPORT_PERMIT = "import-permit";

    /** Fewest bytes of a signature that is believed: 128 bits. */
    public static final int MIN_SIGNATURE_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * A signer under a secret itself.
     *
     * @param secret at least one byte; the caller sees to its strength
     */
    public Signer(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** A signer for one purpose: its key is this signer's signature of the label. */
    public Signer derive(String label) {
        return new Signer(sign(label.getBytes(StandardCharsets.UTF_8)));
    }

    /** The 32 bytes that vouch for a message. */
    public byte[] sign(byte[] message) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            return mac.doFinal(message);
        } catch (GeneralSecurityException absent) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, absent);
        }
    }

    /**
     * Whether a signature, or a leading part of one, is this signer's; takes the same time wherever
     * the first wrong byte is.
     */
    public boolean vouches(byte[] message, byte[] signature) {
        byte[] own = sign(message);
        return signature.length >= MIN_SIGNATURE_BYTES
                && signature.length <= own.length
                && MessageDigest.isEqual(Arrays.copyOf(own, signature.length), signature);
    }
}
