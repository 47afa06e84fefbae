package dev.freshet.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.api.FreshetClient;
import dev.freshet.folder.OwnerKeys;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The end-to-end contract on the local cloud, with the synthesized template and the real functions.
 */
class LocalCloudEndToEndTest extends EndToEndContract {

    @Override
    FreshetClient deploy() {
        return TestCloud.shared().client();
    }

    @Override
    Duration timeLimit() {
        return Duration.ofSeconds(20);
    }

    @Test
    void oneTraceIdLinksTheRequestToAModelVersionAndTheLogContainsNoUserId() throws Exception {
        String trace = "0af7651916cd43dd8448eb211c80319c";
        String user = "user.who.is.traced@example.org";
        String body =
                """
                {"events":[{"eventId":"traced-1","type":"click","userId":"%s","itemId":"traced-item",
                  "occurredAt":"%s"}]}
                """
                        .formatted(user, Instant.now());
        String key = TestCloud.shared().ownerKeys().map(OwnerKeys::secret).orElse("");
        Map<String, String> headers =
                Map.of(
                        "Content-Type",
                        "application/json",
                        "Authorization",
                        "Bearer " + key,
                        "traceparent",
                        "00-" + trace + "-b7ad6b7169203331-01");
        try (FreshetClient client = TestCloud.shared().client()) {
            HttpResponse<byte[]> answer =
                    client.exchange("POST", "/v1/events", body.getBytes(UTF_8), headers);
            assertThat(answer.statusCode()).isEqualTo(202);
            assertThat(answer.headers().firstValue("Freshet-Trace-Id")).hasValue(trace);
        }

        List<JsonNode> logged =
                TestCloud.await(timeLimit(), () -> linesWith(trace), lines -> lines.size() >= 3);

        assertThat(logged)
                .extracting(line -> line.path("function").asText())
                .containsExactly("collect", "features", "train");
        assertThat(logged.getLast().path("modelVersion").asLong()).isPositive();
        assertThat(Files.readString(log())).doesNotContain(user, "who.is.traced");
    }

    private static Path log() {
        return TestCloud.shared().stateFolder().resolve("logs/functions.log");
    }

    private static List<JsonNode> linesWith(String text) throws IOException {
        ObjectMapper json = new ObjectMapper();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(log())) {
            if (line.contains(text)) {
                lines.add(json.readTree(line));
            }
        }
        return lines;
    }
}
