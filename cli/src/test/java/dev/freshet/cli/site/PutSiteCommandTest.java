package dev.freshet.cli.site;

import static dev.freshet.cli.CommandServer.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.freshet.aws.SiteHeaders;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command against endpoints that stand in for CloudFormation and S3. */
class PutSiteCommandTest {
    private static final String HEADERS =
            """
            [{"prefix": "/", "headers": {"Cache-Control": "no-cache"}},
             {"prefix": "/assets/", "headers": {"Cache-Control": "public, max-age=31536000, immutable"}}]\
            """;

    @TempDir private Path folder = Path.of("");

    private final List<String> stored = new ArrayList<>();
    private final Map<String, String> outputs = new java.util.TreeMap<>();
    private final HttpServer server = CommandServer.serving(this::answer);

    @BeforeEach
    void begin() throws IOException {
        Files.createDirectories(folder.resolve("assets"));
        Files.createDirectories(folder.resolve("dashboard"));
        for (String file :
                List.of("index.html", "dashboard/index.html", "assets/z-1.js", "icon.svg")) {
            Files.writeString(folder.resolve(file), file);
        }
        Files.writeString(folder.resolve(SiteHeaders.FILE), HEADERS);
        CommandServer.callInPlaceOfAws(CommandServer.address(server));
        outputs.putAll(
                Map.of(
                        "KeysTableName", "keys",
                        "SiteBucketName", "pages",
                        "SiteUrl", "https://d1.cloudfront.net/",
                        "SiteHeadersHash", SiteHeaders.hash(folder)));
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        boolean put = exchange.getRequestMethod().equals("PUT");
        if (put) {
            var headers = exchange.getRequestHeaders();
            stored.add(
                    String.join(
                            " | ",
                            exchange.getRequestURI().getPath(),
                            headers.getFirst("Content-Type"),
                            headers.getFirst("Cache-Control"),
                            body));
        }
        byte[] answer =
                put
                        ? new byte[0]
                        : CommandServer.described(outputs).getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, put ? -1 : answer.length);
        exchange.getResponseBody().write(answer);
        exchange.close();
    }

    @AfterEach
    void end() {
        CommandServer.callInPlaceOfAws(null);
        server.stop(0);
    }

    private String put(int code) {
        Ran ran =
                CommandServer.alone(
                        "site", "put", "--stack", "shop", "--folder", folder.toString());
        assertThat(ran.code()).as(ran.err()).isEqualTo(code);
        return ran.out() + ran.err();
    }

    @Test
    void assetsComeBeforePagesEachWithItsTypeAndCaching() {
        String said = put(0);

        assertThat(stored).hasSize(4);
        assertThat(stored.getFirst())
                .contains(
                        "/assets/z-1.js | text/javascript; charset=utf-8 | public, max-age=31536000, immutable")
                .contains("assets/z-1.js");
        assertThat(stored.subList(1, 4))
                .allSatisfy(each -> assertThat(each).contains(" | no-cache | "))
                .anySatisfy(each -> assertThat(each).contains("/dashboard/index.html | text/html"))
                .anySatisfy(each -> assertThat(each).contains("/icon.svg | image/svg+xml"));
        assertThat(said).contains("4 files", "https://d1.cloudfront.net/dashboard/");
    }

    @Test
    void pagesWhoseHeadersTheStackDoesNotHaveAreNotStored() throws IOException {
        Files.writeString(
                folder.resolve(SiteHeaders.FILE), HEADERS.replace("no-cache", "no-store"));

        assertThat(put(1)).contains("deploy the stack");
        assertThat(stored).isEmpty();
    }

    @Test
    void aStackWithoutPagesIsASentence() {
        outputs.remove("SiteBucketName");

        assertThat(put(1)).contains("'shop' has no pages", "site=true");
    }

    @Test
    void aFolderThatIsNotBuiltIsRefused() throws IOException {
        Files.delete(folder.resolve("index.html"));

        assertRefused(() -> BuiltSite.read(folder), "does not contain the built pages");
    }

    @Test
    void symbolicLinksAreNotFollowed(@TempDir Path elsewhere) throws IOException {
        Path secret = Files.writeString(elsewhere.resolve("credentials"), "secret");
        Files.createSymbolicLink(folder.resolve("link.html"), secret);
        Files.createSymbolicLink(folder.resolve("more"), elsewhere);

        assertThat(BuiltSite.read(folder).files()).hasSize(4);
    }
}
