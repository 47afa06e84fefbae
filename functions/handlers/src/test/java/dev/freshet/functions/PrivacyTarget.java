package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.Signer;
import dev.freshet.event.Context;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Pseudonym.Pseudonyms;
import dev.freshet.features.StoredInteraction;
import dev.freshet.privacy.ErasureFlow;
import dev.freshet.testkit.Bodies;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.fuzz.FuzzTarget;
import dev.freshet.testkit.memory.MemoryEventLog;
import dev.freshet.testkit.memory.MemoryExposures;
import dev.freshet.testkit.memory.MemoryInteractions;
import dev.freshet.testkit.memory.MemoryQuarantine;
import dev.freshet.testkit.memory.MemoryUsers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A fuzz target for the privacy handler: export, erasure, and state of an erasure. */
public final class PrivacyTarget implements FuzzTarget {
    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    private final Pseudonyms pseudonyms =
            new Pseudonyms(new Signer(Bodies.utf8("a secret of the stack")));

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
        String next =
                Base64.getUrlEncoder()
                        .withoutPadding()
                        .encodeToString("0:2026".getBytes(StandardCharsets.UTF_8));
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
        SettableClock clock = new SettableClock(NOW);
        RequestStreamHandler handler = handler(clock);
        byte[] event = MAPPER.writeValueAsBytes(HandlersTarget.event(text));
        for (int time = 0; time < 2; time++) {
            ByteArrayOutputStream out = new ByteArrayOutputStream();
            handler.handleRequest(new ByteArrayInputStream(event), out, null);
            HandlersTarget.judge(MAPPER.readTree(out.toByteArray()), text);
            clock.advance(ErasureFlow.LEAST_INTERVAL);
        }
    }

    private PrivacyHandler handler(SettableClock clock) {
        MemoryInteractions rows = new MemoryInteractions(clock);
        rows.putIfAbsent(row(), null);
        return new PrivateStores(
                        clock,
                        rows,
                        new MemoryExposures(clock),
                        new MemoryUsers(clock),
                        new MemoryQuarantine(),
                        new MemoryEventLog(),
                        pseudonyms)
                .handler(UnaryOperator.identity());
    }

    private static StoredInteraction row() {
        return new StoredInteraction(
                "ana",
                "e-1",
                EventTimes.at(NOW),
                new StoredInteraction.Act(EventType.CLICK, Target.item("tea"), 1, 0, null),
                "session",
                Context.UNKNOWN,
                new ShardPosition("events/shardId-000000000000", BigInteger.ONE),
                null,
                Map.of());
    }
}
