package dev.freshet.cli.imports.sending;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.time.InstantSource;
import java.util.Map;

/**
 * Requests to {@code POST /v1/events} under an import permit, which is renewed where it has ended.
 * Safe for several threads.
 */
final class PermittedEvents {
    private final FreshetClient client;
    private final PermitSource permits;
    private final InstantSource clock;
    private String permit;

    PermittedEvents(FreshetClient client, PermitSource permits, InstantSource clock) {
        this.client = client;
        this.permits = permits;
        this.clock = clock;
        this.permit = permits.permit("");
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
            permit = permits.permit(refused);
        }
        return !permit.equals(refused);
    }
}
