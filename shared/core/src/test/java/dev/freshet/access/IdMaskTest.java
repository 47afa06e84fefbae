package dev.freshet.access;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.UserIdentity;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class IdMaskTest {
    private final IdMask mask = mask("a key");

    private static IdMask mask(String key) {
        return new IdMask(new Signer(key.getBytes(StandardCharsets.UTF_8)), "anon-");
    }

    @Test
    void theSameIdIsAlwaysTheSameTextAndAnotherKeyAnother() {
        assertThat(mask.apply("ann@example.org"))
                .isEqualTo(mask.apply("ann@example.org"))
                .matches("[A-Za-z0-9_-]{24}")
                .isNotEqualTo(mask.apply("ann@example.orh"))
                .isNotEqualTo(mask("another").apply("ann@example.org"));
    }

    @Test
    void theReplacementOfAnAnonymousIdIsKnownAsOne() {
        assertThat(mask.apply("anon-1")).matches("anon-[A-Za-z0-9_-]{24}");
    }

    @Test
    void bothIdsOfAUserAreReplacedAndWhatIsNotThereStaysSo() {
        assertThat(new UserIdentity("ann", "anon-1").under(mask))
                .isEqualTo(new UserIdentity(mask.apply("ann"), mask.apply("anon-1")));
        assertThat(UserIdentity.anonymous("anon-1").under(mask).userId()).isNull();
    }
}
