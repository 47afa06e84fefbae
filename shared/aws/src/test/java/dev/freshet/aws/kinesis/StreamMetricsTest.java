package dev.freshet.aws.kinesis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.FakeService;
import dev.freshet.aws.FakeService.Answer;
import dev.freshet.aws.RecordedSignedCalls;
import dev.freshet.aws.SignedHttp;
import dev.freshet.aws.kinesis.StreamMetrics.Reader;
import dev.freshet.store.RetentionFlow.AdaptiveRetention;
import dev.freshet.store.RetentionFlow.AdaptiveRetention.Report;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.http.SdkHttpRequest;

class StreamMetricsTest {
    private static final Instant NOW = Instant.parse("2026-11-26T12:05:00Z");
    private static final Instant START =
            NOW.minus(Duration.ofMinutes(5L + AdaptiveRetention.MINUTES));
    private static final Reader FEATURES = Reader.ofFunction("features");
    private static final long MINUTE_MS = 60_000;
    private static final String NOTHING =
            "{\"MetricDataResults\":["
                    + result("ages0", "", "")
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
    void whatTheConsumerReadAndWhatWaitsForItHaveTheirHours() {
        long day = START.plus(Duration.ofDays(6)).getEpochSecond();
        long last = day + (23 * 60 + 55) * 60;
        answers.add(
                Answer.ok(
                        "{\"MetricDataResults\":[%s,%s],\"Messages\":[]}"
                                .formatted(
                                        result(
                                                "ages0",
                                                day + "," + (day + 300) + "," + (day + 600),
                                                "4000.0,7000.0,0.0"),
                                        result(
                                                "received",
                                                day + ".0," + last + ".0",
                                                "12.0,1.0"))));

        Report report = metrics.report("events", FEATURES, NOW);

        assertThat(report.ages().getFirst()).isEqualTo(7_000);
        assertThat(report.ages().subList(1, 23)).containsOnly(0L);
        assertThat(report.ages().getLast()).isEqualTo(5 * MINUTE_MS);
    }

    @Test
    void theRequestAsksForTheWeekUpToFiveMinutesAgoOfTheConsumerAndNotOfAllReaders() {
        answers.add(Answer.ok(NOTHING));

        metrics.report("events", FEATURES, NOW);

        JsonNode request = service.requests().getFirst();
        assertThat(request.path("StartTime").asLong()).isEqualTo(START.getEpochSecond());
        assertThat(request.path("EndTime").asLong())
                .isEqualTo(START.plus(Duration.ofDays(7)).getEpochSecond());
        assertThat(request.path("MetricDataQueries"))
                .extracting(StreamMetricsTest::asked)
                .containsExactly(
                        "ages0 AWS/Lambda IteratorAge Maximum 60 features",
                        "received AWS/Kinesis IncomingRecords Sum 60 events");
    }

    /** Rows are collected for five minutes, so an age of six says nothing, and one of ten does. */
    @Test
    void aDeliveryIsLateByWhatItHasNotReadAndByWhatItHasReadAndNotDelivered() {
        long day = START.plus(Duration.ofDays(6)).getEpochSecond();
        String hours = day + "," + (day + 3_600) + "," + (day + 7_200) + "," + (day + 10_800);
        answers.add(
                Answer.ok(
                        "{\"MetricDataResults\":[%s,%s,%s]}"
                                .formatted(
                                        result("ages0", hours, "0.0,59000.0,0.0,0.0"),
                                        result("ages1", hours, "360.0,360.0,600.0,0.0"),
                                        result("received", hours, "1,1,1,1"))));

        Report report = metrics.report("events", Reader.ofDelivery("delivery"), NOW);

        assertThat(report.ages().subList(0, 2)).containsExactly(0L, 59_000L);
        assertThat(report.ages().get(2)).isEqualTo(10 * MINUTE_MS + 60 * MINUTE_MS);
        assertThat(report.ages().subList(3, 24)).containsOnly(0L);
        assertThat(service.requests().getFirst().path("MetricDataQueries"))
                .extracting(StreamMetricsTest::asked)
                .containsExactly(
                        "ages0 AWS/Firehose KinesisMillisBehindLatest Maximum 60 delivery",
                        "ages1 AWS/Firehose DeliveryToIceberg.DataFreshness Maximum 60 delivery",
                        "received AWS/Kinesis IncomingRecords Sum 60 events");
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

        new StreamMetrics(heard).report("events", FEATURES, NOW);

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
    void whereNothingWasReceivedNothingWaits() {
        answers.add(Answer.ok(NOTHING));

        assertThat(metrics.report("events", FEATURES, NOW).ages()).containsOnly(0L);
    }

    @Test
    void aWeekWithRecordsInEveryMinuteIsRead() {
        StringBuilder times = new StringBuilder(START.getEpochSecond() + ".0");
        StringBuilder values = new StringBuilder("12345.0");
        for (int minute = 1; minute < AdaptiveRetention.MINUTES; minute++) {
            times.append(',').append(START.getEpochSecond() + minute * 60L).append(".0");
            values.append(",12345.0");
        }
        answers.add(
                Answer.ok(
                        "{\"MetricDataResults\":[%s,%s]}"
                                .formatted(
                                        result("ages0", times.toString(), values.toString()),
                                        result("received", times.toString(), values.toString()))));

        assertThat(metrics.report("events", FEATURES, NOW).ages()).containsOnly(12_345L);
    }

    @Test
    void aRefusalThatPassesIsAskedAgain() {
        answers.add(Answer.error(500, "InternalServiceFault"));
        answers.add(Answer.error(400, "Throttling"));
        answers.add(Answer.ok(NOTHING));

        assertThat(metrics.report("events", FEATURES, NOW).ages()).containsOnly(0L);
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aRefusalThatStaysIsReportedWithItsKind() {
        answers.add(Answer.error(403, "AccessDenied"));

        assertThatThrownBy(() -> metrics.report("events", FEATURES, NOW))
                .isInstanceOf(StoreUnavailableException.class)
                .hasMessageContaining("CloudWatch is unavailable")
                .hasMessageContaining("status 403 AccessDenied");
        assertThat(service.requests()).hasSize(3);
    }

    @Test
    void aServiceThatDoesNotListenIsUnavailable() {
        try (Clients nobody = FakeService.clientsOfNobody()) {
            StreamMetrics unheard = new StreamMetrics(nobody.cloudWatch());

            assertThatThrownBy(() -> unheard.report("events", FEATURES, NOW))
                    .isInstanceOf(StoreUnavailableException.class);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "<GetMetricDataResponse/>",
                "{}",
                "{\"MetricDataResults\":[{\"Id\":\"ages0\",\"StatusCode\":\"Complete\"}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages0\",\"StatusCode\":\"PartialData\"},"
                        + "{\"Id\":\"received\",\"StatusCode\":\"Complete\"}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages0\",\"StatusCode\":\"Complete\","
                        + "\"Timestamps\":[1],\"Values\":[\"late\"]}]}",
                "{\"MetricDataResults\":[{\"Id\":\"ages0\",\"StatusCode\":\"Complete\",\"Values\":[1]}]}"
            })
    void anAnswerWithoutTheMetricsIsNoReport(String body) {
        answers.add(Answer.ok(body));

        assertThatThrownBy(() -> metrics.report("events", FEATURES, NOW))
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
