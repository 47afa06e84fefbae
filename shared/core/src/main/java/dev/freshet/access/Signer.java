package dev.freshet.access;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * A signer by HMAC-SHA-256 (RFC 2104) under one key. Each purpose has its own key, derived from the
 * stack's secret by a label, so that a signature for one purpose is invalid for every other.
 */
public final class Signer {
    /** The label of the keys of exposure tokens. */
    public static final String EXPOSURE = "exposure";

    /** The label of the keys of import permits. */
    public static final String IMPORT_PERMIT = "import-permit";

    /** The label of the keys of list cursors, below that of exposure tokens. */
    public static final String LIST_CURSOR = "list-cursor";

    /** The label of the key under which tokens name who asked, below that of exposure tokens. */
    public static final String ASKER = "asker";

    /** The smallest length of a signature that is accepted, in bytes: 128 bits. */
    public static final int MIN_SIGNATURE_BYTES = 16;

    private static final String ALGORITHM = "HmacSHA256";

    private final SecretKeySpec key;

    /**
     * Creates a signer under a secret.
     *
     * @param secret at least one byte; its strength is not checked
     */
    public Signer(byte[] secret) {
        this.key = new SecretKeySpec(secret, ALGORITHM);
    }

    /** Returns a signer for one purpose, whose key is this signer's signature of the label. */
    public Signer derive(String label) {
        return new Signer(sign(label.getBytes(StandardCharsets.UTF_8)));
    }

    /** Returns the signature of a message, 32 bytes. */
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
     * Whether a signature, or a leading part of one, is this signer's. The time does not depend on
     * the position of the first wrong byte.
     */
    public boolean vouches(byte[] message, byte[] signature) {
        byte[] own = sign(message);
        return signature.length >= MIN_SIGNATURE_BYTES
                && signature.length <= own.length
                && MessageDigest.isEqual(Arrays.copyOf(own, signature.length), signature);
    }

    /** Bytes followed by 16 bytes of signature, in base64url without padding. */
    static final class SealedText {
        private SealedText() {}

        static String seal(byte[] content, Signer signer) {
            byte[] sealed = Arrays.copyOf(content, content.length + Signer.MIN_SIGNATURE_BYTES);
            System.arraycopy(
                    signer.sign(content), 0, sealed, content.length, Signer.MIN_SIGNATURE_BYTES);
            return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
        }

        /** Returns the content, or empty if the signature is wrong. */
        static Optional<byte[]> open(String text, Signer signer) {
            byte[] sealed = decode(text);
            byte[] content = content(sealed);
            return sealed.length >= Signer.MIN_SIGNATURE_BYTES
                            && signer.vouches(
                                    content,
                                    Arrays.copyOfRange(sealed, content.length, sealed.length))
                    ? Optional.of(content)
                    : Optional.empty();
        }

        /** Returns the content without verifying the signature; empty if there is none. */
        static Optional<byte[]> reopen(String text) {
            byte[] content = content(decode(text));
            return content.length == 0 ? Optional.empty() : Optional.of(content);
        }

        private static byte[] decode(String text) {
            try {
                return Base64.getUrlDecoder().decode(text);
            } catch (IllegalArgumentException notBase64) {
                return new byte[0];
            }
        }

        private static byte[] content(byte[] sealed) {
            return Arrays.copyOf(sealed, Math.max(0, sealed.length - Signer.MIN_SIGNATURE_BYTES));
        }
    }
}
