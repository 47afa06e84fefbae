package dev.freshet.entrance;

import static org.assertj.core.api.Assertions.assertThat;

import com.auth0.jwt.JWT;
import com.auth0.jwt.JWTCreator;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.access.KeyKind;
import dev.freshet.access.KeyMint.Minted;
import dev.freshet.access.Proof;
import dev.freshet.client.Answer;
import dev.freshet.client.FreshetClient;
import dev.freshet.local.template.TemplateReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.interfaces.ECPrivateKey;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Attempts to cross every line. Each is refused with 401, 403, 404 or 429, or with 400 where the
 * input itself is bad; none with 5xx, and none tells more than the problem.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CrossingsTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Set<Integer> REFUSALS = Set.of(400, 401, 403, 404, 429, 431);
    private static final Set<String> MEMBERS =
            Set.of("type", "title", "status", "detail", "instance", "code");
    private static final Duration LASTING = Duration.ofMinutes(10);

    private @Nullable Scene made;

    @BeforeAll
    void start(@TempDir Path state) {
        made = new Scene(state, false);
    }

    @AfterAll
    void end() {
        scene().close();
    }

    private Scene scene() {
        Scene scene = made;
        if (scene == null) {
            throw new AssertionError("not started");
        }
        return scene;
    }

    private static JsonNode json(String text) {
        try {
            return JSON.readTree(text);
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    private static String fresh(String what) {
        return what + "-" + UUID.randomUUID();
    }

    private Answer with(String credential, Function<FreshetClient, Answer> call) {
        try (FreshetClient client = scene().client(credential)) {
            return call.apply(client);
        }
    }

    /** Refused with this status and code, and a body that holds the problem and no more. */
    private void assertRefused(Answer answer, int status, String code) {
        assertThat(answer.status()).as("%s", answer.body()).isEqualTo(status);
        assertThat(answer.body().path("code").asText()).isEqualTo(code);
        assertTellsNoMore(answer.body());
    }

    private void assertTellsNoMore(JsonNode problem) {
        List<String> members = new ArrayList<>();
        problem.fieldNames().forEachRemaining(members::add);
        assertThat(MEMBERS).as("%s", problem).containsAll(members);
        assertThat(problem.toString())
                .doesNotContain(
                        scene().userTokens.keyId(),
                        scene().secret,
                        scene().publishable,
                        "Exception",
                        "dynamo",
                        "DynamoDb",
                        "arn:",
                        "dev.freshet",
                        "\\n\\tat ");
    }

    // --- another user's ids

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/%s",
                "/v1/trending?userId=%s",
                "/v1/items/x/similar?userId=%s",
                "/v1/trending?userId=%s&userId=own",
                "/v1/trending?userId=own&userId=%s"
            })
    void a_user_token_reads_nothing_of_another(String path) {
        String token = scene().token("own", LASTING);

        assertRefused(
                with(token, client -> client.get(path.formatted("another"))), 403, "not-your-user");
    }

    @Test
    void a_user_token_neither_asks_nor_writes_for_another() {
        String token = scene().token("own", LASTING);

        assertRefused(
                with(
                        token,
                        client ->
                                client.post("/v1/recommendations", json("{\"userId\":\"other\"}"))),
                403,
                "not-your-user");
        assertRefused(
                with(
                        token,
                        client ->
                                client.put(
                                        "/v1/users/other",
                                        json("{\"consent\":{\"personalisation\":true}}"))),
                403,
                "not-your-user");
        assertRefused(
                with(
                        token,
                        client ->
                                client.post(
                                        "/v1/users/alias",
                                        json("{\"anonymousId\":\"anon-1\",\"userId\":\"other\"}"))),
                403,
                "not-your-user");
    }

    @Test
    void a_user_token_changes_its_consent_and_nothing_else_of_the_profile() {
        String user = fresh("user");
        String token = scene().token(user, LASTING);

        Answer attributes =
                with(
                        token,
                        client ->
                                client.put(
                                        "/v1/users/" + user,
                                        json("{\"attributes\":{\"tier\":\"gold\"}}")));

        assertThat(attributes.status()).isEqualTo(403);
        assertTellsNoMore(attributes.body());
        assertThat(
                        with(
                                        token,
                                        client ->
                                                client.put(
                                                        "/v1/users/" + user,
                                                        json(
                                                                "{\"consent\":{\"personalisation\":false,\"analytics\":false}}")))
                                .status())
                .isEqualTo(200);
        assertThat(
                        with(scene().secret, client -> client.get("/v1/users/" + user))
                                .body()
                                .toString())
                .doesNotContain("gold");
    }

    @Test
    void one_foreign_event_refuses_the_whole_request_and_nothing_is_stored() throws Exception {
        String user = fresh("user");
        String anonymous = fresh("anon");
        String both =
                "{\"events\":["
                        + event("anonymousId", anonymous)
                        + ","
                        + event("userId", user)
                        + "]}";

        assertRefused(
                with(scene().publishable, client -> client.post("/v1/events", json(both))),
                403,
                "not-your-reader");
        assertRefused(
                with(
                        scene().token("own", LASTING),
                        client -> client.post("/v1/events", json(both))),
                403,
                "not-your-user");

        assertThat(reflected("userId", user)).as("only the one sent by the server").isEqualTo(1);
        assertThat(reflected("anonymousId", anonymous)).isEqualTo(1);
    }

    /** Sends one event by the server, and returns how many an answer knows then. */
    private int reflected(String kind, String id) throws InterruptedException {
        with(
                scene().secret,
                client ->
                        client.post("/v1/events", json("{\"events\":[" + event(kind, id) + "]}")));
        for (int i = 0; i < 400; i++) {
            int known =
                    with(
                                    scene().secret,
                                    client ->
                                            client.post(
                                                    "/v1/recommendations",
                                                    json("{\"%s\":\"%s\"}".formatted(kind, id))))
                            .body()
                            .at("/reflects/events")
                            .asInt();
            if (known > 0) {
                return known;
            }
            Thread.sleep(50);
        }
        throw new AssertionError("the event is not known");
    }

    private static String event(String kind, String id) {
        return """
        {"eventId":"%s","type":"click","%s":"%s","itemId":"x","occurredAt":"%s"}"""
                .formatted(UUID.randomUUID(), kind, id, Instant.now());
    }

    // --- credentials

    @Test
    void a_revoked_key_is_dead_after_the_stated_minute() {
        Minted minted = scene().mint().secret("to be revoked", Instant.now(), null);
        String key = scene().put(minted);
        assertThat(with(key, client -> client.get("/v1/trending")).status()).isEqualTo(200);

        scene().revoke(minted.row().keyId());
        scene().pass(Duration.ofSeconds(61));

        assertRefused(with(key, client -> client.get("/v1/trending")), 401, "unauthorized");
    }

    /** The authorizer allows for clocks that are 30 s apart, and the gateway remembers it. */
    @Test
    void a_token_that_ends_while_it_is_remembered_is_refused_by_the_function() throws Exception {
        String token = scene().token("own", Duration.ofSeconds(-27));
        int status = 200;
        for (int i = 0; i < 200 && status == 200; i++) {
            status = with(token, client -> client.get("/v1/trending")).status();
            Thread.sleep(50);
        }

        assertRefused(with(token, client -> client.get("/v1/trending")), 401, "unauthorized");
    }

    private Stream<String> forged() throws Exception {
        byte[] secret = scene().signingSecret();
        String audience = scene().cloud().settings().audience();
        KeyPairGenerator pairs = KeyPairGenerator.getInstance("EC");
        pairs.initialize(new ECGenParameterSpec("secp256r1"));
        KeyPair pair = pairs.generateKeyPair();
        Minted es256 =
                scene().mint()
                        .es256(
                                "es256",
                                new Proof.PublicKey(
                                        Base64.getEncoder()
                                                .encodeToString(pair.getPublic().getEncoded())),
                                Instant.now(),
                                null);
        scene().put(es256);
        Algorithm hs256 = Algorithm.HMAC256(secret);
        String good = scene().token("own", LASTING);
        String[] parts = good.split("\\.", -1);
        return Stream.of(
                scene().token("own", Duration.ofHours(-1)),
                scene().token("own", Duration.ofHours(3)),
                token(token -> token.withAudience("another")).sign(hs256),
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withSubject("own")
                        .withAudience(audience)
                        .sign(hs256),
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withAudience(audience)
                        .withExpiresAt(Instant.now().plus(LASTING))
                        .sign(hs256),
                token(token -> token).sign(Algorithm.none()),
                token(token -> token).sign(Algorithm.HMAC384(secret)),
                token(token -> token).sign(Algorithm.HMAC256("another secret of some length....")),
                token(token -> token.withKeyId("nobodyskeyid")).sign(hs256),
                token(token -> token.withKeyId("../../secret")).sign(hs256),
                token(token -> token.withKeyId(es256.row().keyId()))
                        .sign(Algorithm.HMAC256(pair.getPublic().getEncoded())),
                token(token -> token)
                        .sign(Algorithm.ECDSA256(null, (ECPrivateKey) pair.getPrivate())),
                parts[0] + "." + encoded("{\"sub\":\"another\"}") + "." + parts[2],
                encoded("{\"alg\":\"none\",\"kid\":\"" + scene().userTokens.keyId() + "\"}")
                        + "."
                        + parts[1]
                        + ".",
                good + "a",
                good.substring(0, good.length() - 4));
    }

    private JWTCreator.Builder token(UnaryOperator<JWTCreator.Builder> change) {
        return change.apply(
                JWT.create()
                        .withKeyId(scene().userTokens.keyId())
                        .withSubject("own")
                        .withAudience(scene().cloud().settings().audience())
                        .withExpiresAt(Instant.now().plus(LASTING)));
    }

    private static String encoded(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @ParameterizedTest
    @MethodSource("forged")
    void a_token_that_is_forged_or_over_or_of_another_stack_is_refused(String token) {
        assertRefused(with(token, client -> client.get("/v1/trending")), 401, "unauthorized");
    }

    @Test
    void a_wrong_secret_and_an_unknown_id_are_refused_alike() {
        String key = scene().secret;
        char last = key.charAt(key.length() - 1);
        String wrong = key.substring(0, key.length() - 1) + (last == 'a' ? 'b' : 'a');
        String unknown = "fsk_aaaaaaaaaaaa_" + key.substring(key.lastIndexOf('_') + 1);
        String disguised = "fpk_" + key.substring(4);

        for (String credential : List.of(wrong, unknown, disguised)) {
            Answer refused = with(credential, client -> client.get("/v1/trending"));
            assertRefused(refused, 401, "unauthorized");
            assertThat(refused.body().path("detail"))
                    .isEqualTo(
                            with(wrong, client -> client.get("/v1/trending"))
                                    .body()
                                    .path("detail"));
        }
    }

    @Test
    void a_key_in_any_other_place_is_not_looked_at() throws Exception {
        String key = scene().secret;
        String basic =
                Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8));
        for (String[] attempt :
                new String[][] {
                    {"/v1/trending?key=" + key},
                    {"/v1/trending?Authorization=Bearer%20" + key},
                    {"/v1/trending", "X-Api-Key: " + key},
                    {"/v1/trending", "Cookie: Authorization=Bearer " + key},
                    {"/v1/trending", "Authorization: " + key},
                    {"/v1/trending", "Authorization: Basic " + basic},
                    {"/v1/trending", "Authorization: Bearer Bearer " + key},
                    {"/v1/trending", "Authorization: Bearer " + key + ", Bearer " + key},
                    {"/v1/trending", "Authorization: Bearer " + key, "Authorization: Bearer " + key}
                }) {
            String[] headers = Arrays.copyOfRange(attempt, 1, attempt.length);
            assertRefused(Line.send(scene().cloud().apiUri(), "GET", attempt[0], "", headers), 401);
        }
        assertRefused(
                Line.send(
                        scene().cloud().apiUri(),
                        "POST",
                        "/v1/recommendations",
                        "{\"authorization\":\"Bearer " + key + "\",\"key\":\"" + key + "\"}"),
                401);
    }

    private void assertRefused(Line line, int... statuses) {
        assertThat(statuses).as("%s", line).contains(line.status());
        if (!line.body().isEmpty()) {
            assertTellsNoMore(json(line.body()));
        }
    }

    // --- headers, origins, paths

    @Test
    void oversized_headers_are_turned_away() throws Exception {
        String key = scene().secret;

        assertRefused(
                Line.send(
                        scene().cloud().apiUri(),
                        "GET",
                        "/v1/trending",
                        "",
                        "Authorization: Bearer " + key,
                        "X-Large: " + "x".repeat(11_000)),
                431);
        assertRefused(
                Line.send(
                        scene().cloud().apiUri(),
                        "GET",
                        "/v1/trending",
                        "",
                        "Authorization: Bearer " + "a".repeat(4_097)),
                401);
    }

    @ParameterizedTest
    @CsvSource({
        "https://www.example.org,200",
        "https://example.org,403",
        "https://www.example.org.evil.test,403",
        "http://www.example.org,403",
        "https://www.example.org:8443,403",
        "null,403",
        ",403"
    })
    void a_key_bound_to_origins_is_good_for_their_pages_alone(@Nullable String origin, int status)
            throws Exception {
        List<String> headers = new ArrayList<>(List.of("Authorization: Bearer " + scene().bound));
        if (origin != null) {
            headers.add("Origin: " + origin);
        }

        Line line =
                Line.send(
                        scene().cloud().apiUri(),
                        "GET",
                        "/v1/trending",
                        "",
                        headers.toArray(String[]::new));

        assertThat(line.status()).as("%s", line).isEqualTo(status);
        if (status == 403) {
            assertThat(json(line.body()).path("code").asText()).isEqualTo("foreign-origin");
            assertTellsNoMore(json(line.body()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/users/../items",
                "/v1/users/own/../other",
                "/v1/users/%2e%2e/items",
                "/v1/users/own/%2e%2e/other",
                "/v1/users//other",
                "//v1/users/other",
                "/v1//users/other",
                "/v1/users/own%2f..%2fother",
                "/v1/users/own%252f..%252fother",
                "/v1/users/%6f%74%68%65%72",
                "/v1/users/%256f%2574%2568%2565%2572",
                "/v1/users/other%00",
                "/v1/users/own%00other",
                "/v1/users/%c0%ae%c0%ae",
                "/v1/users/%",
                "/v1/users/%zz",
                "/v1/users/other;own",
                "/v1/users/other?id=own",
                "/v1/users/own/",
                "/v1/users/own/other",
                "/V1/users/other",
                "/v1/users/OWN",
                "/v1/users/own%20",
                "/v1/users/own%0d%0aX: y",
                "http://127.0.0.1/v1/users/other"
            })
    void no_writing_of_a_path_leads_a_user_token_to_another(String path) throws Exception {
        Line line =
                Line.send(
                        scene().cloud().apiUri(),
                        "GET",
                        path,
                        "",
                        "Authorization: Bearer " + scene().token("own", LASTING));

        assertThat(REFUSALS).as("%s", line).contains(line.status());
        if (line.body().startsWith("{")) {
            assertTellsNoMore(json(line.body()));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/items/../users/x",
                "/v1/items/%2e%2e%2fusers%2fx",
                "/_freshet/../v1/items",
                "/v1/trending/../items",
                "/v1/trending%2f..%2fitems"
            })
    void no_writing_of_a_path_leads_a_page_to_what_servers_do(String path) throws Exception {
        for (String method : List.of("PUT", "DELETE", "POST")) {
            Line line =
                    Line.send(
                            scene().cloud().apiUri(),
                            method,
                            path,
                            "{\"itemId\":\"crossed\",\"version\":1}",
                            "Authorization: Bearer " + scene().publishable);

            assertThat(Set.of(400, 401, 403, 404, 405)).as("%s", line).contains(line.status());
        }
    }

    // --- input that means something elsewhere

    @ParameterizedTest
    @ValueSource(
            strings = {
                "' OR '1'='1",
                "\\\"; DROP TABLE Users; --",
                "attribute_exists(userId)",
                ":v AND size(#k) > :zero",
                "own\\u0000other",
                "own\\nother",
                "own\\r\\nAuthorization: x",
                "${jndi:ldap://x}",
                "{\\\"$ne\\\":null}",
                "*",
                "..",
                "#",
                "\\ud800",
                "\\u202eown"
            })
    void an_id_that_means_something_elsewhere_is_an_id_or_bad_input_and_nobodys_row(String id) {
        String token = scene().token("own", LASTING);
        for (Answer answer :
                List.of(
                        with(
                                token,
                                client ->
                                        client.post(
                                                "/v1/recommendations",
                                                json("{\"userId\":\"" + id + "\"}"))),
                        with(
                                scene().publishable,
                                client ->
                                        client.post(
                                                "/v1/recommendations",
                                                json("{\"anonymousId\":\"" + id + "\"}"))))) {
            assertThat(Set.of(400, 403)).as("%s", answer.body()).contains(answer.status());
            assertTellsNoMore(answer.body());
        }
        Answer server =
                with(
                        scene().secret,
                        client ->
                                client.post(
                                        "/v1/recommendations",
                                        json("{\"userId\":\"" + id + "\",\"count\":1}")));
        assertThat(Set.of(200, 400)).as("%s", server.body()).contains(server.status());
        if (server.ok()) {
            assertThat(server.body().at("/reflects/events").asInt()).isZero();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"field\":\"tags) OR (1=1\",\"contains\":\"x\"}",
                "{\"field\":\"attributes.#n\",\"is\":\":v\"}",
                "{\"field\":\"itemId\",\"is\":\"' OR ''='\"}",
                "{\"field\":\"__proto__\",\"is\":\"x\"}",
                "{\"field\":\"tags\",\"contains\":\"a\\u0000b\\nc\"}",
                "{\"field\":null,\"is\":null}",
                "{\"all\":[{\"any\":[{\"not\":{\"all\":[]}}]}]}",
                "{\"in\":[\"x\"]}",
                "\"tags = 'x'\"",
                "[]"
            })
    void a_filter_that_means_something_elsewhere_is_a_filter_or_bad_input(String filter) {
        Answer answer =
                with(
                        scene().publishable,
                        client ->
                                client.post(
                                        "/v1/recommendations",
                                        json(
                                                "{\"anonymousId\":\"anon-1\",\"filter\":"
                                                        + filter
                                                        + "}")));
        Answer byQuery =
                with(
                        scene().publishable,
                        client ->
                                client.get("/v1/trending?filter=" + FreshetClient.segment(filter)));

        for (Answer each : List.of(answer, byQuery)) {
            assertThat(Set.of(200, 400)).as("%s", each.body()).contains(each.status());
            if (!each.ok()) {
                assertTellsNoMore(each.body());
            }
        }
    }

    // --- a flood

    /** The gateway's clock stands meanwhile: what is let in is the plan's burst, to the request. */
    @Test
    void a_flood_under_one_key_is_told_to_slow_down_and_others_are_served() throws Exception {
        int burst = publishableBurst();
        Minted flooding = scene().mint().publishable("flood", List.of(), Instant.now(), null);
        String key = scene().put(flooding);
        Map<Integer, Long> statuses = new ConcurrentHashMap<>();
        AtomicInteger left = new AtomicInteger(burst + 300);
        scene().stopClock();
        try {
            List<Thread> threads = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                threads.add(Thread.ofVirtual().start(() -> flood(key, left, statuses)));
            }
            Answer other = with(scene().publishable, client -> client.get("/v1/trending"));
            for (Thread thread : threads) {
                thread.join();
            }

            assertThat(other.status()).isEqualTo(200);
            assertThat(statuses).isEqualTo(Map.of(400, (long) burst, 429, 300L));
            Answer slowed = with(key, client -> client.get("/v1/trending"));
            assertRefused(slowed, 429, "throttled");
            assertThat(slowed.retryAfter()).isPositive();
            assertThat(with(scene().publishable, client -> client.get("/v1/trending")).status())
                    .isEqualTo(200);
        } finally {
            scene().startClock();
        }
        scene().pass(Duration.ofSeconds(1));
        assertThat(with(key, client -> client.get("/v1/trending")).status()).isEqualTo(200);
    }

    private void flood(String key, AtomicInteger left, Map<Integer, Long> statuses) {
        try (FreshetClient client = scene().client(key)) {
            while (left.decrementAndGet() >= 0) {
                statuses.merge(client.get("/v1/trending?count=many").status(), 1L, Long::sum);
            }
        }
    }

    private static int publishableBurst() {
        return TemplateReader.read(Path.of("../infra/target/cdk.out")).usagePlans().stream()
                .filter(plan -> plan.name().endsWith(KeyKind.PUBLISHABLE.wireName()))
                .findFirst()
                .orElseThrow()
                .burst();
    }

    @Test
    void no_request_without_a_credential_reaches_a_function() throws IOException {
        long before = invocations();

        for (String path : List.of("/v1/trending", "/v1/users/own", "/v1/items/x/similar")) {
            assertRefused(Line.send(scene().cloud().apiUri(), "GET", path, ""), 401);
        }

        assertThat(invocations()).isEqualTo(before);
    }

    private long invocations() {
        long sum = 0;
        for (String function : List.of("authorize", "recommend", "profile", "catalog", "collect")) {
            sum += scene().cloud().status().at("/functions/" + function + "/invocations").asLong();
        }
        return sum;
    }
}
