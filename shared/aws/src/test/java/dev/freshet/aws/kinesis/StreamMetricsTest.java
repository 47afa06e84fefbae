package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.aws.RecordedSignedCalls;
import dev.freshet.aws.SignedHttp;
import dev.freshet.store.RetentionFlow.AdaptiveRetention.Report;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpRequest;

class StreamMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:05:00Z");
    private static final Instant START = NOW.minus(Duration.ofMinutes(5 + 24 * 60));
    private static final String NOTHING =
            "{\"MetricDataResults\":["
                    + result("ages", "", "")
                    + ","
                    + result("received", "", "")
                    + "]}";

    private final Deque<Answer> answers = new ArrayDeque<>();

    @AutoClose
    private final FakeService service =
            new FakeService(request -> answers.size() > 1 ? answers.pop() : answers.getFirst());

    @AutoClose private final Clients clients = service.clients();
    private final StreamMetrics metrics = new StreamMetrics(clients.cloudWatch());

    private static String result(String id, String timestamps, String values) {
        return """
        {"Id":"%s","Label":"x","StatusCode":"Complete","Timestamps":[%s],"Values":[%s]}\
        """
                .formatted(id, timestamps, values);
    }

    @Test
    void theAgesOfADayHaveTheirHours() {
        long first = START.getEpochSecond();
        String last = first + (23 * 60 + 55) * 60 + ".0";
        answers.add(
                Answer.ok(
                        "{\"MetricDataResults\":[%s,%s],\"Messages\":[]}"
                                .formatted(
                                        result(
                                                "ages",
                                                first + "," + (first + 300) + "," + last,
                                                "4000.0,7000.0,0.0"),
                                        result("received", first + ".0", "12.0"))));

        Report report = metrics.ofLastDay("events", NOW);

        assertThat(report.received()).isTrue();
        assertThat(report.ages().getFirst()).isEqualTo(OptionalLong.of(7_000));
        assertThat(report.ages().getLast()).isEqualTo(OptionalLong.of(0));
        assertThat(report.ages().subList(1, 23)).containsOnly(OptionalLong.empty());
    }

    @Test
    void theRequestAsksForTheDayUpToFiveMinutesAgo() {
        answers.add(Answer.ok(NOTHING));

        metrics.ofLastDay("events", NOW);

        JsonNode request = service.requests().getFirst();
        assertThat(request.path("StartTime").asLong()).isEqualTo(START.getEpochSecond());
        assertThat(request.path("EndTime").asLong())
                .isEqualTo(START.plus(Duration.ofDays(1)).getEpochSecond());
        assertThat(request.path("MetricDataQueries"))
                .extracting(StreamMetricsTest::asked)
                .containsExactly(
                        "ages AWS/Kinesis GetRecords.IteratorAgeMilliseconds Maximum 300 events",
                        "received AWS/Kinesis IncomingRecords Sum 3600 events");
    }

    @Test
    void theRequestIsSignedForCloudWatchAndReportedToTheListener() {
        answers.add(Answer.ok(NOTHING));
        RecordedSignedCalls calls = new RecordedSignedCalls();
        SignedHttp signed = clients.cloudWatch();
        SignedHttp heard =
                new SignedHttp(
                        signed.http(),
                        signed.credentials(),
                        signed.region(),
                        signed.service(),
                        signed.endpoint(),
                        List.of(calls));

        new StreamMetrics(heard).ofLastDay("events", NOW);

        assertThat(calls.services()).containsExactly("monitoring");
        SdkHttpRequest request = calls.requests().getFirst();
        assertThat(request.firstMatchingHeader("X-Amz-Target"))
                .hasValue("GraniteServiceVersion20100801.GetMetricData");
        assertThat(request.firstMatchingHeader("Content-Encoding")).hasValue("amz-1.0");
        assertThat(request.firstMatchingHeader("Authorization"))
                .hasValueSatisfying(
                        header ->
                                assertThat(header)
                                        .startsWith("AWS4-HMAC-SHA256 Credential=local/")
                                        .contains("/monitoring/aws4_request"));
    }

    @Test
    void metricsThatAreMissingAreNotAZero() {
        answers.add(Answer.ok(NOTHING));

        Report report = metrics.ofLastDay("events", NOW);

        assertThat(report.ages()).containsOnly(OptionalLong.empty());
        assertThat(report.received()).isFalse();
    }

    @Test
    void aRefusalThatPassesIsAskedAgain() {
        answers.add(Answer.error(500, "InternalServiceFault"));
        answers.add(Answer.error(400, "Throttling"));
        answers.add(Answer.ok(NOTHING));

        assertThat(metrics.ofLastDay("events", NOW).received()).isFalse();
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aRefusalThatStaysIsReportedWithItsKind() {
        answers.add(Answer.error(403, "AccessDenied"));

        assertThatThrownBy(() -> metrics.ofLastDay("events", NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("CloudWatch is unavailable")
                .hasMessageContaining("status 403 AccessDenied");
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aServiceThatDoesNotListenIsUnavailable() {
        try (Clients nobody = FakeService.clientsOfNobody()) {
            StreamMetrics unheard = new StreamMetrics(nobody.cloudWatch());

            assertThatThrownBy(() -> unheard.ofLastDay("events", NOW))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<GetMetricDataResponse/>",
                "{}",
                "{\"MetricDataResults\":[{\"Id\":\"ages\",\"StatusCode\":\"Complete\"}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages\",\"StatusCode\":\"PartialData\"},"
                        + "{\"Id\":\"received\",\"StatusCode\":\"Complete\"}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages\",\"StatusCode\":\"Complete\","
                        + "\"Timestamps\":[1],\"Values\":[\"late\"]}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages\",\"StatusCode\":\"Complete\",\"Values\":[1]}]}"
            })
    void anAnswerWithoutTheMetricsIsNoReport(String body) {
        answers.add(Answer.ok(body));

        assertThatThrownBy(() -> metrics.ofLastDay("events", NOW))
                .isInstanceOf(StoreUnavailableException.class);
    }

    private static String asked(JsonNode query) {
        JsonNode stat = query.path("MetricStat");
        return String.join(
                " ",
                query.path("Id").asText(),
                stat.at("/Metric/Namespace").asText(),
                stat.at("/Metric/MetricName").asText(),
                stat.path("Stat").asText(),
                stat.path("Period").asText(),
                stat.at("/Metric/Dimensions/0/Value").asText());
    }
}
