package dev.freshet.functions.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.freshet.functions.runtime.InsightWiring.LocalMeasurements;
import dev.freshet.insight.Flow;
import dev.freshet.insight.FlowHistory;
import dev.freshet.json.JsonRecords;
import dev.freshet.store.StoreUnavailableException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class LocalMeasurementsTest {
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:30.123Z");
    private static final Map<Flow.Count, Long> COUNTS =
            Stream.of(Flow.Count.values())
                    .collect(
                            Collectors.toMap(
                                    count -> count, count -> (long) count.name().length()));
    private static final Flow FULL =
            new Flow(
                    Flow.Source.PROCESS,
                    NOW,
                    List.of(new Flow.Minute(Instant.parse("2026-11-24T12:00:00Z"), COUNTS)),
                    new Flow.Freshness(
                            45,
                            new Flow.Percentiles(40, 90),
                            List.of(1L, 2L, 3L, 4L, 5L, 6L, 7L, 8L, 9L)),
                    List.of(new Flow.Consumer("features", Duration.ofMillis(1_500))),
                    new Flow.Percentiles(3, 30),
                    true,
                    Map.of("no-item", 2L),
                    new Flow.ClockSkew(9, 1, 86_400));

    private static final Flow EMPTY =
            new Flow(Flow.Source.PROCESS, NOW, List.of(), null, List.of(), null, true, null, null);

    private static final FlowHistory PAST =
            new FlowHistory(
                    Flow.Source.PROCESS,
                    List.of(
                            new FlowHistory.Step(
                                    FULL.minutes().getFirst(),
                                    new Flow.Percentiles(4, 9),
                                    null,
                                    2,
                                    Map.of("unknown-type", 123L))));

    @Test
    void whatIsReadIsWhatWasWritten() throws Exception {
        for (Flow flow : List.of(FULL, EMPTY)) {
            assertThat(JsonRecords.read(JsonRecords.bytes(flow), Flow.class)).isEqualTo(flow);
        }
    }

    @Test
    void theLocalCloudIsAskedOverLoopbackAndIsUnavailableWhenItHasEnded() throws Exception {
        byte[] body = JsonRecords.bytes(FULL);
        byte[] past = JsonRecords.bytes(PAST);
        HttpServer server =
                HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext(
                "/flow",
                exchange -> {
                    exchange.sendResponseHeaders(200, body.length);
                    exchange.getResponseBody().write(body);
                    exchange.close();
                });
        server.createContext(
                "/history",
                exchange -> {
                    assertThat(exchange.getRequestURI().getQuery()).isEqualTo("coarse");
                    exchange.sendResponseHeaders(200, past.length);
                    exchange.getResponseBody().write(past);
                    exchange.close();
                });
        server.start();
        LocalMeasurements local =
                new LocalMeasurements(
                        URI.create("http://127.0.0.1:" + server.getAddress().getPort() + "/flow"));

        assertThat(local.flow(NOW)).hasValue(FULL);
        assertThat(local.history(FlowHistory.Resolution.COARSE, NOW)).hasValue(PAST);

        server.stop(0);
        assertThatThrownBy(() -> local.flow(NOW)).isInstanceOf(StoreUnavailableException.class);
    }
}
