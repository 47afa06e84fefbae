package dev.freshet.access;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Bytes followed by 16 bytes of signature, in base64url without padding. */
final class SealedText {
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
                                content, Arrays.copyOfRange(sealed, content.length, sealed.length))
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
