package dev.freshet.aws.dynamodb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.profile.UserProfile;
import dev.freshet.profile.UserProfile.Shown;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ShownCodecTest {
    private static final Instant NOW = Instant.parse("2026-11-24T23:41:07.250Z");

    @Test
    void whatWasShownComesBack() {
        Map<String, Shown> shown =
                Map.of(
                        "", new Shown(0, NOW, NOW),
                        "ítem", new Shown(Integer.MAX_VALUE, NOW.minusSeconds(86_400), NOW),
                        "early", new Shown(1, Instant.EPOCH.minusMillis(5), NOW));
        assertThat(ShownCodec.decode(ShownCodec.encode(shown))).isEqualTo(shown);
        assertThat(ShownCodec.decode(ShownCodec.encode(Map.of()))).isEmpty();
    }

    @Test
    void aFullMapOfOrdinaryIdsTakesAboutSevenKilobytes() {
        Map<String, Shown> shown = new HashMap<>();
        for (int i = 0; i < UserProfile.MAX_SHOWN; i++) {
            shown.put("article-2026-11-%08d".formatted(i), new Shown(3, NOW.minusSeconds(i), NOW));
        }
        assertThat(ShownCodec.encode(shown)).hasSizeLessThan(7 << 10);
    }

    @Test
    void damagedBytesAreReportedAsSuchWhereverTheyEnd() {
        byte[] whole = ShownCodec.encode(Map.of("item", new Shown(3, NOW, NOW)));
        for (int length = 0; length < whole.length; length++) {
            byte[] cut = Arrays.copyOf(whole, length);
            assertThatThrownBy(() -> ShownCodec.decode(cut))
                    .isInstanceOf(IllegalStateException.class);
        }
        byte[] other = whole.clone();
        other[0] = 9;
        assertThatThrownBy(() -> ShownCodec.decode(other)).hasMessageContaining("unknown format");
        byte[] endless = {1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1, -1};
        assertThatThrownBy(() -> ShownCodec.decode(endless))
                .isInstanceOf(IllegalStateException.class);
    }
}
