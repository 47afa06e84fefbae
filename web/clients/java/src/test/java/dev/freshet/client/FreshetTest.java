package dev.freshet.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.freshet.client.model.Filter;
import dev.freshet.client.model.ListRequest;
import dev.freshet.client.model.SimilarItemsQuery;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FreshetTest {
    @AutoClose private final FakeApi api = new FakeApi();

    @Test
    void aCallIsRepeatedAfterATemporaryFailureAndNotAfterARefusal() {
        api.answers =
                (request, count) ->
                        request.target().contains("items")
                                ? FakeApi.problem(404, "unknown-item", "")
                                : count == 1 ? FakeApi.problem(500, "failed", "") : list();
        Freshet client = api.client().build();

        assertThat(client.recommend(ListRequest.builder().userId("u-1").build()).items()).isEmpty();
        assertThat(api.requests).hasSize(2);
        FreshetProblem problem =
                catchThrowableOfType(FreshetProblem.class, () -> client.getItem("a/b c"));
        assertThat(problem.status()).isEqualTo(404);
        assertThat(problem.code()).isEqualTo("unknown-item");
        assertThat(problem).hasMessageContaining("Do this.");
        assertThat(api.requests).hasSize(3);
        assertThat(api.requests.get(2).target()).isEqualTo("/v1/items/a%2Fb%20c");
    }

    @Test
    void aCallThatIsNeverAnsweredFailsWithAProblem() {
        Freshet client = api.client().retries(1).build();
        api.close();

        FreshetProblem problem = catchThrowableOfType(FreshetProblem.class, client::listRules);

        assertThat(problem.status()).isZero();
        assertThat(problem.code()).isEqualTo("no-answer");
        assertThat(problem.isTemporary()).isTrue();
    }

    @Test
    void parametersAreEncodedAndAConditionIsSentAsJson() {
        api.answers = (request, count) -> list();

        api.client()
                .build()
                .similarItems(
                        "a",
                        SimilarItemsQuery.builder()
                                .count(3)
                                .filter(Filter.builder().field("type").is("song").build())
                                .build());

        assertThat(api.requests.get(0).target())
                .isEqualTo(
                        "/v1/items/a/similar?count=3&filter=%7B%22field%22%3A%22type%22%2C%22is%22%3A%22song%22%7D");
    }

    @Test
    void aKeyIsSentWithoutTheLineEndOfItsFile() {
        api.answers = (request, count) -> list();

        api.client("fsk_test\n").build().recommend(ListRequest.builder().userId("u-1").build());

        assertThat(api.requests.get(0).credential()).isEqualTo("Bearer fsk_test");
    }

    @ParameterizedTest
    @ValueSource(strings = {"fsk_secret\nX", "fsk_secret \u2603", ""})
    void aKeyThatNoHeaderTakesIsNeverShown(String key) {
        for (Runnable refused :
                List.<Runnable>of(
                        () -> api.client(key).build(),
                        () -> api.client().key(() -> key).build().listRules())) {
            assertThatThrownBy(refused::run)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageStartingWith("key is a text")
                    .message()
                    .doesNotContain("secret");
        }
    }

    @Test
    void aCallDoesNotTakeThePageOfAnotherServerForAnAnswer() {
        api.answers = (request, count) -> new FakeApi.Answer(200, "", "<html>");
        Freshet client = api.client().retries(0).build();

        assertThat(catchThrowableOfType(FreshetProblem.class, client::listRules).code())
                .isEqualTo("no-answer");
    }

    @Test
    void anOptionOutOfItsRangeIsRefused() {
        Freshet.Builder builder = api.client();
        Duration second = Duration.ofSeconds(1);
        Duration none = Duration.ZERO;

        refuses("batchSize", () -> builder.batchSize(0));
        refuses("batchSize", () -> builder.batchSize(501));
        refuses("maxQueued", () -> builder.maxQueued(0));
        refuses("retries", () -> builder.retries(-1));
        refuses("timeout", () -> builder.timeout(none));
        refuses("flushInterval", () -> builder.flushInterval(second.negated()));
        refuses("first", () -> builder.pauses(none, second));
        refuses("longest", () -> builder.pauses(second, none));
    }

    @Test
    void whatIsPackedHoldsTheLicence() throws Exception {
        URI packed = Freshet.class.getProtectionDomain().getCodeSource().getLocation().toURI();

        assertThat(Path.of(packed).resolve("META-INF/LICENSE"))
                .hasSameTextualContentAs(Path.of("../../../LICENSE"));
    }

    private static void refuses(String option, Runnable sets) {
        assertThatThrownBy(sets::run)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(option + " is");
    }

    private static FakeApi.Answer list() {
        return new FakeApi.Answer(
                200,
                "",
                "{\"recommendationId\": \"r\", \"items\": [], \"exposure\": \"e\", \"model\": {},"
                        + " \"degraded\": false, \"degradedReasons\": [], \"later\": 1}");
    }
}
