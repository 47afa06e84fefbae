package dev.freshet.event;

import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

/** Bytes with 16 bytes of signature behind them, in base64url without padding. */
final class SealedText {
    private SealedText() {}

    static String seal(byte[] content, Signer signer) {
        byte[] sealed = Arrays.copyOf(content, content.length + Signer.MIN_SIGNATURE_BYTES);
        System.arraycopy(
                signer.sign(content), 0, sealed, content.length, Signer.MIN_SIGNATURE_BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sealed);
    }

    /** The content, or empty where it is not vouched for. */
    static Optional<byte[]> open(String text, Signer signer) {
        byte[] sealed;
        try {
            sealed = Base64.getUrlDecoder().decode(text);
        } catch (IllegalArgumentException notBase64) {
            return Optional.empty();
        }
        int length = sealed.length - Signer.MIN_SIGNATURE_BYTES;
        if (length < 0) {
            return Optional.empty();
        }
        byte[] content = Arrays.copyOf(sealed, length);
        return signer.vouches(content, Arrays.copyOfRange(sealed, length, sealed.length))
                ? Optional.of(content)
                : Optional.empty();
    }
}
