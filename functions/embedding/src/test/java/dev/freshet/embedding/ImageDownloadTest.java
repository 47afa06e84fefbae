package dev.freshet.embedding;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests downloads from a server on this machine, whose address is admitted for that. */
class ImageDownloadTest {
    private static final byte[] IMAGE = {(byte) 0xFF, (byte) 0xD8, 1, 2, 3};

    @AutoClose private static ImageServer server;

    private final AtomicLong nanos = new AtomicLong();
    private ImageDownload images;

    @BeforeAll
    static void start(@TempDir Path folder)
            throws IOException, GeneralSecurityException, InterruptedException {
        server = new ImageServer(folder);
    }

    @BeforeEach
    void download() {
        images =
                new ImageDownload(
                        InetAddress::isLoopbackAddress,
                        server.sockets(),
                        server.port(),
                        nanos::get);
    }

    private void assertRefused(String url, String why) {
        assertThatThrownBy(() -> images.fetch(url))
                .isInstanceOf(IOException.class)
                .hasMessageContaining(why);
    }

    @Test
    void anImageIsFetched() throws IOException {
        server.image("/a.jpg", "image/jpeg", IMAGE);
        server.image("/b.png", "Image/PNG; charset=binary", IMAGE);

        assertThat(images.fetch(server.url("/a.jpg"))).isEqualTo(IMAGE);
        assertThat(images.fetch(server.url("/b.png"))).isEqualTo(IMAGE);
    }

    @Test
    void noCredentialIsSentAlong() throws IOException {
        server.answer(
                "/a.jpg",
                exchange -> {
                    boolean bare =
                            !exchange.getRequestHeaders().containsKey("Cookie")
                                    && !exchange.getRequestHeaders().containsKey("Authorization");
                    exchange.getResponseHeaders().add("Content-Type", "image/jpeg");
                    exchange.sendResponseHeaders(bare ? 200 : 500, 0);
                    exchange.getResponseBody().write(IMAGE);
                });

        assertThat(images.fetch(server.url("/a.jpg"))).isEqualTo(IMAGE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://localhost/a.jpg",
                "file:///etc/passwd",
                "https:///a.jpg",
                "https://user:secret@localhost/a.jpg",
                "https://localhost:22/a.jpg",
                "a.jpg"
            })
    void onlyHttpsAtItsPortWithoutAUserIsAsked(String url) {
        assertRefused(url, "only https");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://127.0.0.1/a.jpg",
                "https://localhost/a.jpg",
                "https://[::1]/a.jpg",
                "https://10.0.0.1/a.jpg",
                "https://169.254.169.254/latest/meta-data/",
                "https://[fd00:ec2::254]/latest/meta-data/"
            })
    void aHostThatIsNotPublicIsNeverAsked(String url) {
        assertThatThrownBy(() -> new ImageDownload(System::nanoTime).fetch(url))
                .isInstanceOf(IOException.class)
                .hasMessage("the host is not on the public internet");
    }

    @Test
    void aHostWhoseSecondAddressIsNotPublicGetsNotAByte() throws IOException {
        AtomicInteger requests = new AtomicInteger();
        server.answer("/a.jpg", exchange -> requests.incrementAndGet());
        AtomicInteger checks = new AtomicInteger();
        int resolved = InetAddress.getAllByName("localhost").length;
        ImageDownload rebound =
                new ImageDownload(
                        address -> checks.incrementAndGet() <= resolved,
                        server.sockets(),
                        server.port(),
                        nanos::get);

        assertThatThrownBy(() -> rebound.fetch(server.url("/a.jpg")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the host is not on the public internet");
        assertThat(requests).hasValue(0);
        assertThat(checks.get()).isGreaterThan(resolved);
    }

    @Test
    void redirectsAreFollowedAndCheckedLikeTheFirstAddress() throws IOException {
        server.image("/a.jpg", "image/jpeg", IMAGE);
        server.redirect("/near", "/a.jpg");
        server.redirect("/inside", "https://10.0.0.1:" + server.port() + "/a.jpg");
        server.redirect("/plain", "http://localhost:" + server.port() + "/a.jpg");
        server.redirect("/broken", "https://[");
        server.redirect("/round", "/round");

        assertThat(images.fetch(server.url("/near"))).isEqualTo(IMAGE);
        assertRefused(server.url("/inside"), "not on the public internet");
        assertRefused(server.url("/plain"), "only https");
        assertRefused(server.url("/broken"), "malformed");
        assertRefused(server.url("/round"), "more than 3 redirects");
    }

    @Test
    void whatIsNoImageIsNotPassedOn() {
        server.image("/page", "text/html", IMAGE);
        server.image("/drawing", "image/svg+xml", IMAGE);
        server.image("/empty.png", "image/png", new byte[0]);

        assertRefused(server.url("/page"), "neither JPEG nor PNG");
        assertRefused(server.url("/drawing"), "neither JPEG nor PNG");
        assertRefused(server.url("/empty.png"), "empty");
        assertRefused(server.url("/missing"), "the status is 404");
    }

    @Test
    void aLargeImageIsLeftWhetherItSaysSoOrNot() {
        server.image("/large.png", "image/png", new byte[ImageDownload.MAX_BYTES + 1]);
        server.answer(
                "/announced.png",
                exchange -> {
                    exchange.getResponseHeaders().add("Content-Type", "image/png");
                    exchange.sendResponseHeaders(200, ImageDownload.MAX_BYTES + 1);
                });

        assertRefused(server.url("/large.png"), "more than");
        assertRefused(server.url("/announced.png"), "more than");
    }

    @Test
    void anImageThatTakesLongerThanFiveSecondsIsLeft() {
        server.answer(
                "/slow.png",
                exchange -> {
                    nanos.addAndGet(5_000_000_001L);
                    exchange.getResponseHeaders().add("Content-Type", "image/png");
                    exchange.sendResponseHeaders(200, 0);
                    exchange.getResponseBody().write(IMAGE);
                });

        assertRefused(server.url("/slow.png"), "too long");
    }
}
