package dev.freshet.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class TraceIdTest {
    private static final String DIGITS = "4bf92f3577b34da6a3ce929d0e0e4736";

    @Test
    void isReadFromATraceparent() {
        assertThat(TraceId.ofTraceparent("00-" + DIGITS + "-00f067aa0ba902b7-01"))
                .contains(new TraceId(DIGITS));
    }

    @Test
    void aTraceparentThatBreaksItsFormIsNone() {
        assertThat(TraceId.ofTraceparent("00-" + "0".repeat(32) + "-00f067aa0ba902b7-01"))
                .isEmpty();
        assertThat(TraceId.ofTraceparent("ff-" + DIGITS + "-00f067aa0ba902b7-01")).isEmpty();
        assertThat(TraceId.ofTraceparent("00-reader@example.org-00f067aa0ba902b7-01")).isEmpty();
        assertThat(TraceId.ofTraceparent("")).isEmpty();
    }

    @Test
    void xRaysRootIsTheSameWithoutHyphens() {
        assertThat(TraceId.ofXray("Self=1-1-1;Root=1-5759e988-bd862e3fe1be46a994272793;Sampled=1"))
                .contains(new TraceId("5759e988bd862e3fe1be46a994272793"));
        assertThat(TraceId.ofXray("Root=1-5759e988-bd86")).isEmpty();
    }

    @Test
    void aGatewaysRequestIdIsOneWhereItIsAUuid() {
        assertThat(TraceId.ofRequest("4BF92F35-77b3-4da6-a3ce-929d0e0e4736"))
                .contains(new TraceId(DIGITS));
        assertThat(TraceId.ofRequest("request-1")).isEmpty();
    }

    @Test
    void anythingElseIsRefused() {
        assertThatIllegalArgumentException().isThrownBy(() -> new TraceId("reader-1"));
    }
}
