package dev.freshet.cli.imports.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.InstantSource;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * Requests to {@code POST /v1/events} under an import permit, which is renewed where it has ended.
 * Safe for several threads.
 */
final class PermittedEvents {
    private final FreshetClient client;
    private final UnaryOperator<String> permits;
    private final InstantSource clock;
    private String permit;

    /**
     * Creates requests.
     *
     * @param permits returns another permit than the one that the API refused, which is "" at
     *     first, or the same where there is no other
     */
    PermittedEvents(FreshetClient client, UnaryOperator<String> permits, InstantSource clock) {
        this.client = client;
        this.permits = permits;
        this.clock = clock;
        this.permit = permits.apply("");
    }

    /** Sends one request, and once more where its permit was refused and there is another. */
    ApiResponse post(ObjectNode body) {
        String carried = permit();
        body.put("sentAt", clock.instant().toString());
        ApiResponse answer = client.post("/v1/events", body, Map.of(ImportPermit.HEADER, carried));
        boolean refused = answer.body().path("code").asText().equals("import-permit-invalid");
        if (!refused || !renewed(carried)) {
            return answer;
        }
        return client.post("/v1/events", body, Map.of(ImportPermit.HEADER, permit()));
    }

    private synchronized String permit() {
        return permit;
    }

    /** Returns whether there is another permit than the one that was refused. */
    private synchronized boolean renewed(String refused) {
        if (permit.equals(refused)) {
            permit = permits.apply(refused);
        }
        return !permit.equals(refused);
    }
}
