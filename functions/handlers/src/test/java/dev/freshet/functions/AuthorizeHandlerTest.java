package dev.freshet.functions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.Authenticator;
import dev.freshet.access.Caller;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.Operations;
import dev.freshet.access.Signer;
import dev.freshet.access.UserTokens;
import dev.freshet.functions.runtime.Metrics;
import dev.freshet.store.StoreUnavailableException;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryAccessKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class AuthorizeHandlerTest {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");
    private static final String STAGE =
            "arn:aws:execute-api:eu-west-1:111122223333:abcdef1234/prod";

    private final SettableClock clock = new SettableClock(NOW);
    private final MemoryAccessKeys keys = new MemoryAccessKeys(clock);
    private final Signer stack = new Signer(new byte[32]);
    private final List<String> lines = Collections.synchronizedList(new ArrayList<>());
    private final KeyGenerator generator = new KeyGenerator(new Random(3));
    private final AuthorizeHandler handler = handler(keys);

    private AuthorizeHandler handler(AccessKeys from) {
        Authenticator authenticator =
                new Authenticator(from, new UserTokens(() -> stack, "freshet-test"), clock);
        return new AuthorizeHandler(
                () -> authenticator, new Metrics(Map.of("Stack", "test-main"), clock, lines::add));
    }

    private String put(KeyGenerator.Minted key) {
        keys.put(key.row());
        return key.shown();
    }

    @Test
    void anHttpApiGetsAPolicyForEveryCredential() throws IOException {
        String secret = put(generator.secret("backend", NOW, null));
        JsonNode refusal = ask("REQUEST", handler, "Bearer fsk_unknown");

        assertThat(statement(ask("REQUEST", handler, "Bearer " + secret), "Effect"))
                .isEqualTo("Allow");
        assertThat(refusal.path("principalId").asText()).isEqualTo("refused");
        assertThat(refusal.path("context").isMissingNode()).isTrue();
        assertThat(statement(refusal, "Effect")).isEqualTo("Deny");
        assertThat(statement(refusal, "Resource")).isEqualTo(STAGE + "/*");
    }

    private static String statement(JsonNode answer, String member) {
        return answer.at("/policyDocument/Statement/0/" + member).asText();
    }

    private static JsonNode ask(AuthorizeHandler handler, String header) throws IOException {
        return ask("TOKEN", handler, header);
    }

    private static JsonNode ask(String type, AuthorizeHandler handler, String header)
            throws IOException {
        ObjectNode event = Gateway.MAPPER.createObjectNode();
        event.put("type", type).put("methodArn", STAGE + "/GET/v1/trending");
        event.put("authorizationToken", header);
        return TestFunctions.invoke(handler, event);
    }

    private static List<String> routes(JsonNode answer) {
        assertThat(answer.at("/policyDocument/Statement")).hasSize(1);
        assertThat(statement(answer, "Effect")).isEqualTo("Allow");
        assertThat(statement(answer, "Action")).isEqualTo("execute-api:Invoke");
        return answer.at("/policyDocument/Statement/0/Resource")
                .valueStream()
                .map(arn -> arn.asText().replace(STAGE, ""))
                .toList();
    }

    @Test
    void aPublishableKeyGetsTheRoutesOfPagesOnThisStageAlone() throws Exception {
        KeyGenerator.Minted key =
                generator.publishable(
                        "page", List.of(new Origin("https://shop.example")), NOW, null);

        JsonNode answer = ask(handler, "Bearer " + put(key));

        assertThat(routes(answer))
                .containsExactlyInAnyOrder(
                        """
                        /POST/v1/events /GET/v1/event-types /POST/v1/recommendations /POST/v1/rank \
                        /GET/v1/items/*/similar /GET/v1/lists/* /GET/v1/trending"""
                                .split(" ", -1));
        assertThat(answer.path("principalId").asText()).isEqualTo(key.row().keyId());
        assertThat(answer.path("usageIdentifierKey").asText()).isEqualTo(key.row().usageKey());
        assertThat(answer.at("/context/origins").asText()).isEqualTo("https://shop.example");
    }

    @Test
    void anInvocationByTheScheduleAdmitsNobodyAndIsNoRefusal() throws Exception {
        assertThat(TestFunctions.invoke(handler, Gateway.scheduled()).isMissingNode()).isTrue();
        assertThat(lines).isEmpty();
    }

    @Test
    void aSecretKeyGetsEverythingAndAUserWhatIsAUsers() throws Exception {
        KeyGenerator.Minted users = generator.hs256("users", stack, NOW, null);
        String secret = put(users);
        String token =
                JWT.create()
                        .withKeyId(users.row().keyId())
                        .withAudience("freshet-test")
                        .withSubject("ann")
                        .withExpiresAt(NOW.plusSeconds(600))
                        .sign(Algorithm.HMAC256(secret));

        JsonNode server = ask(handler, "Bearer " + put(generator.secret("server", NOW, null)));
        JsonNode user = ask(handler, "bearer " + token);

        assertThat(routes(server)).hasSameSizeAs(Operations.ALL).contains("/DELETE/v1/items/*");
        assertThat(routes(user))
                .contains("/DELETE/v1/users/*")
                .doesNotContain("/PUT/v1/items", "/DELETE/v1/items/*");
        assertThat(context(user))
                .contains(new Caller.User("ann", users.row().keyId(), NOW.plusSeconds(600)));
        assertThat(user.toString()).doesNotContain(secret, token);
    }

    private static Optional<Caller> context(JsonNode answer) {
        return Caller.of(
                Gateway.MAPPER.convertValue(answer.path("context"), new TypeReference<>() {}));
    }

    @Test
    void theLargestAnswerKeepsWithinTheGatewaysEightKilobytes() throws Exception {
        List<Origin> many =
                IntStream.range(0, AccessKey.MAX_ORIGINS)
                        .mapToObj(i -> "https://" + "a".repeat(200) + i + ".example:65535")
                        .map(Origin::new)
                        .toList();

        JsonNode page = ask(handler, "Bearer " + put(generator.publishable("p", many, NOW, null)));
        JsonNode server = ask(handler, "Bearer " + put(generator.secret("s", NOW, null)));

        assertThat(page.toString().length()).isLessThan(8 << 10);
        assertThat(server.toString().length()).isLessThan(8 << 10);
    }

    @ParameterizedTest
    @NullSource
    @ValueSource(strings = "Bearer nonsense-that-is-long-enough")
    void whatIsNotBelievedIsUnauthorizedInTheGatewaysOwnWord(String header) {
        assertThatThrownBy(() -> ask(handler, header)).hasMessage("Unauthorized").hasNoCause();
    }

    @Test
    void aRevokedKeyIsRefusedFromTheNextQuestionOn() throws Exception {
        KeyGenerator.Minted key = generator.secret("server", NOW, null);
        String header = "Bearer " + put(key);
        assertThat(routes(ask(handler, header))).isNotEmpty();

        keys.put(keys.get(key.row().keyId()).orElseThrow().revoked(clock.instant()));

        assertThatThrownBy(() -> ask(handler, header)).hasMessage("Unauthorized");
    }

    @Test
    void aStoreThatDoesNotAnswerLetsNobodyInAndIsNotSaidToBeTheCallersFault() {
        AuthorizeHandler down = handler(NobodyInTheLogTest.talkative(AccessKeys.class, true));
        String header = "Bearer " + generator.secret("s", NOW, null).shown();

        assertThatThrownBy(() -> ask(down, header))
                .isInstanceOf(LoggedHandler.FailedException.class)
                .hasMessage(StoreUnavailableException.class.getName());
        assertThat(lines).anyMatch(line -> line.contains("\"CredentialChecksFailed\":1"));
    }

    @Test
    void theLogReportsOfReasonsAndNeverOfCredentials() throws Exception {
        KeyGenerator.Minted key = generator.secret("server", NOW, NOW.plusSeconds(1));
        String header = "Bearer " + put(key);
        ask(handler, header);
        clock.advance(Duration.ofSeconds(1));
        assertThatThrownBy(() -> ask(handler, header)).hasMessage("Unauthorized");

        assertThat(lines).hasSize(2);
        assertThat(lines.get(1)).contains("\"CredentialsRefused\":1", "\"reason\":\"Ended\"");
        assertThat(String.join("", lines))
                .doesNotContain(key.shown(), key.row().keyId(), key.row().usageKey());
    }

    @Test
    void credentialsAskedForByManyThreadsGetTheAnswersThatTheyGetAlone() throws Exception {
        List<String> headers = new ArrayList<>();
        for (int key = 0; key < 8; key++) {
            headers.add("Bearer " + put(generator.secret("server-" + key, NOW, null)));
            headers.add("Bearer " + put(generator.insights("page-" + key, NOW, null)));
            headers.add("Bearer fsk_unknown-" + key);
        }
        int requests = 10 * AtOnce.THREADS;
        IntFunction<JsonNode> ask =
                i -> {
                    try {
                        return ask("REQUEST", handler, headers.get(i % headers.size()));
                    } catch (IOException impossible) {
                        throw new UncheckedIOException(impossible);
                    }
                };
        List<JsonNode> alone = IntStream.range(0, requests).mapToObj(ask).toList();
        assertThat(new HashSet<>(alone)).hasSize(8 + 8 + 1);

        assertThat(AtOnce.answers(requests, ask)).isEqualTo(alone);
    }
}
