package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import dev.freshet.event.EventType;
import dev.freshet.features.StoredInteraction;
import dev.freshet.privacy.ErasureFlow;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A fuzz target for the privacy handler: export, erasure, and state of an erasure. */
public final class PrivacyTarget implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @Override
    public String name() {
        return "HTTP face, privacy";
    }

    @Override
    public long maxAllocatedBytes(int length) {
        return (32L << 20) + 20_000L * length;
    }

    @Override
    public List<byte[]> seeds() {
        String next = Base64.getUrlEncoder().withoutPadding().encodeToString(Bodies.utf8("0:2026"));
        return List.of(
                        "GET /v1/users/ana/export\n\n",
                        "GET /v1/users/ana/export?next=" + next + "\n\n",
                        "DELETE /v1/users/ana\n\n",
                        "DELETE /v1/users/a%20b%2Fc\n\n",
                        "GET /v1/users/ana/erasure\n\n")
                .stream()
                .map(Bodies::utf8)
                .toList();
    }

    @Override
    public List<String> words() {
        return List.of("?next=", "/export", "/erasure", "%00", "%2e%2e", "MHw=", "MTo");
    }

    @Override
    public void take(byte[] input) throws IOException {
        String text = new String(input, StandardCharsets.UTF_8);
        PrivateStores stores = new PrivateStores(NOW);
        StoredInteraction.Act click = PrivateStores.act(EventType.CLICK, 0);
        stores.did("ana", "e-1", NOW, click, "session", Map.of());
        RequestStreamHandler handler = stores.handler(UnaryOperator.identity());
        for (int time = 0; time < 2; time++) {
            HandlersTarget.judge(TestFunctions.invoke(handler, HandlersTarget.event(text)), text);
            stores.clock.advance(ErasureFlow.LEAST_INTERVAL);
        }
    }
}
