package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.access.AccessKey.KeyKind;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final String SECRET = "abcdefghijklmnopqrstuvwxyz234567abcdefghijklmnopqrst";

    private final KeyGenerator generator = new KeyGenerator(new Random(5));

    @Test
    void whatIsShownIsReadBackAndOpensItsRow() {
        for (KeyGenerator.Minted key :
                List.of(
                        generator.secret("a server", NOW, null),
                        generator.insights("a dashboard", NOW, null),
                        generator.experiments("an analyst", NOW, NOW.plusSeconds(1)),
                        generator.publishable("a page", List.of(), NOW, null))) {
            KeyText text = KeyText.parse(key.shown()).orElseThrow();

            assertThat(text.text()).isEqualTo(key.shown());
            assertThat(text.kind()).isEqualTo(key.row().kind());
            assertThat(text.opens(Optional.of(key.row()))).isTrue();
        }
    }

    @Test
    void nothingOpensARowThatIsNotThere() {
        KeyText text = KeyText.parse(generator.secret("a server", NOW, null).shown()).orElseThrow();

        assertThat(text.opens(Optional.empty())).isFalse();
    }

    @Test
    void anotherSecretOfTheRightLengthDoesNotOpen() {
        AccessKey row = generator.secret("a server", NOW, null).row();

        KeyText wrong = new KeyText(KeyKind.SECRET, row.keyId(), SECRET);
        assertThat(wrong.opens(Optional.of(row))).isFalse();
    }

    @Test
    void theRightSecretBehindThePrefixOfAnotherKindDoesNotOpen() {
        KeyGenerator.Minted page = generator.publishable("a page", List.of(), NOW, null);

        KeyText asSecret = KeyText.parse(page.shown().replace("fpk_", "fsk_")).orElseThrow();
        assertThat(asSecret.opens(Optional.of(page.row()))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "fsk_",
                "fut_abcdefghijkl_" + SECRET,
                "FSK_abcdefghijkl_" + SECRET,
                "fsk_abcdefghijk_" + SECRET,
                "fsk_abcdefghijkl_" + SECRET + "a",
                "fsk_abcdefghijkl_A" + SECRET,
                " fsk_abcdefghijkl_" + SECRET,
                "fsk_abcdefghijkl_" + SECRET + "\n",
                "fsk_abcdefghij\u0000l_" + SECRET,
            })
    void whatHasAnotherFormIsNoKey(String text) {
        assertThat(KeyText.parse(text)).isEmpty();
    }

    @Test
    void noTwoKeysAreAlikeAndNoneShowsItsSecret() {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 1_000; i++) {
            KeyGenerator.Minted key = generator.secret("a server", NOW, null);
            ids.add(key.row().keyId());
            String secret = key.shown().substring("fsk_".length() + 13);
            assertThat(key + " " + key.row() + " " + KeyText.parse(key.shown()))
                    .doesNotContain(secret, key.row().usageKey());
        }
        assertThat(ids).hasSize(1_000);
    }

    @Test
    void bytesAreWrittenAsTheStandardDoes() {
        assertThat(KeyText.base32("foobar".getBytes(java.nio.charset.StandardCharsets.US_ASCII)))
                .isEqualTo("mzxw6ytboi");
        assertThat(KeyText.base32(new byte[] {-1, -1, -1, -1, -1})).isEqualTo("77777777");
        assertThat(KeyText.base32(new byte[32])).isEqualTo("a".repeat(52));
    }
}
