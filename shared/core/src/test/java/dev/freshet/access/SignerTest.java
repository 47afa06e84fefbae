package dev.freshet.access;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class SignerTest {
    private final Signer signer = new Signer("Jefe".getBytes(UTF_8));
    private final byte[] message = "what do ya want for nothing?".getBytes(UTF_8);

    /** RFC 4231, test case 2. */
    @Test
    void isHmacSha256() {
        assertThat(HexFormat.of().formatHex(signer.sign(message)))
                .isEqualTo("5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843");
    }

    @Test
    void vouchesForItsOwnSignaturesWholeOrTheFirstHalf() {
        byte[] signature = signer.sign(message);

        assertThat(signer.vouches(message, signature)).isTrue();
        assertThat(signer.vouches(message, Arrays.copyOf(signature, 16))).isTrue();
    }

    @Test
    void believesNoShortOrLongOrOtherSignature() {
        byte[] signature = signer.sign(message);
        byte[] changed = signature.clone();
        changed[15] ^= 1;

        assertThat(signer.vouches(message, Arrays.copyOf(signature, 15))).isFalse();
        assertThat(signer.vouches(message, new byte[0])).isFalse();
        assertThat(signer.vouches(message, Arrays.copyOf(signature, 33))).isFalse();
        assertThat(signer.vouches(message, changed)).isFalse();
    }

    @Test
    void hasAKeyForEachPurpose() {
        byte[] exposure = signer.derive(Signer.EXPOSURE).sign(message);

        assertThat(signer.derive(Signer.EXPOSURE).vouches(message, exposure)).isTrue();
        assertThat(signer.derive(Signer.IMPORT_PERMIT).vouches(message, exposure)).isFalse();
        assertThat(signer.vouches(message, exposure)).isFalse();
    }
}
