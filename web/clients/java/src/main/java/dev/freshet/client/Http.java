package dev.freshet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.deser.std.FromStringDeserializer;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.TextNode;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Requests with a credential, and pauses between attempts. Safe for several threads. */
final class Http {
    static final ObjectMapper JSON = new ObjectMapper().registerModule(times());

    /** The longest body that is no problem document and that a message quotes. */
    private static final int QUOTED = 200;

    private static final int MAX_DOUBLINGS = 30;
    private static final int OK = 200;
    private static final int REDIRECTED = 300;
    private static final double MILLIS = 1000;

    /** Most seconds for which events wait because the API asked to: a day. */
    private static final double LONGEST_RETRY_AFTER = 86_400;

    private static final Pattern CREDENTIAL = Pattern.compile("[\\x21-\\x7e]+");

    private final Freshet.Builder options;
    private final HttpClient http;

    /** What a successful response holds: a missing node where it is empty. */
    record Answer(int status, JsonNode body) {}

    Http(Freshet.Builder options) {
        this.options = options;
        this.http =
                HttpClient.newBuilder()
                        .version(HttpClient.Version.HTTP_1_1)
                        .connectTimeout(options.timeout)
                        .build();
    }

    private static SimpleModule times() {
        return new SimpleModule()
                .addSerializer(Instant.class, ToStringSerializer.instance)
                .addDeserializer(
                        Instant.class,
                        new FromStringDeserializer<Instant>(Instant.class) {
                            @Override
                            protected Instant _deserialize(
                                    String text, DeserializationContext context) {
                                return Instant.parse(text);
                            }
                        });
    }

    /**
     * Returns a credential as a header takes it. What is wrong with one is said without it, as
     * messages end up in logs.
     */
    static String credential(@Nullable String key) {
        String text = key == null ? "" : key.strip();
        if (!CREDENTIAL.matcher(text).matches()) {
            throw new IllegalArgumentException(
                    "key is a text of printable ASCII characters without spaces; the given one,"
                            + " which is not shown, is not");
        }
        return text;
    }

    /** Sends a request once. */
    Answer once(String method, String path, @Nullable Object body, @Nullable Object query) {
        String what = method + " " + path;
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(options.endpoint + path + parameters(query)))
                        .header("Authorization", "Bearer " + credential(options.key.get()));
        if (body == null) {
            request.method(method, BodyPublishers.noBody());
        } else {
            request.header("Content-Type", "application/json")
                    .method(method, BodyPublishers.ofString(JSON.valueToTree(body).toString()));
        }
        HttpResponse<String> response = send(what, request.build());
        int status = response.statusCode();
        boolean succeeded = status >= OK && status < REDIRECTED;
        JsonNode answer;
        try {
            answer = parsed(response.body());
        } catch (JsonProcessingException e) {
            if (succeeded) {
                throw FreshetProblem.noAnswer(what + ": " + status + " of another server", e);
            }
            String text = response.body();
            answer =
                    JSON.createObjectNode()
                            .put("detail", text.substring(0, Math.min(QUOTED, text.length())));
        }
        if (succeeded) {
            return new Answer(status, answer);
        }
        throw new FreshetProblem(
                status,
                answer.path("code").isTextual()
                        ? answer.path("code").asText()
                        : "no-problem-document",
                answer.path("detail").asText(answer.path("title").asText(what)),
                answer,
                retryAfter(response),
                response.headers().firstValue("Freshet-Trace-Id").orElse(null));
    }

    /**
     * Sends a request, again where it may succeed then. Repeating one of the API's requests is
     * safe.
     */
    JsonNode call(String method, String path, @Nullable Object body, @Nullable Object query) {
        for (int failures = 1; ; failures++) {
            try {
                return once(method, path, body, query).body();
            } catch (FreshetProblem problem) {
                if (!problem.isTemporary()
                        || failures > options.retries
                        || Thread.currentThread().isInterrupted()
                        || problem.retryAfter().compareTo(options.longestPause) > 0) {
                    throw problem;
                }
                try {
                    Thread.sleep(pause(failures, problem).toMillis());
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw problem;
                }
            }
        }
    }

    /**
     * Returns the time until the next attempt: what the API asked for, and a random time up to a
     * bound that doubles.
     */
    Duration pause(int failures, FreshetProblem problem) {
        double bound =
                Math.min(
                        (double) options.longestPause.toMillis(),
                        options.firstPause.toMillis()
                                * Math.pow(2, Math.min(failures - 1, MAX_DOUBLINGS)));
        return problem.retryAfter().plusMillis(Math.round(options.random.nextDouble() * bound));
    }

    /** Waits for the whole response; the timeout of the request would bound its headers alone. */
    private HttpResponse<String> send(String what, HttpRequest request) {
        CompletableFuture<HttpResponse<String>> sent =
                http.sendAsync(request, BodyHandlers.ofString());
        try {
            return sent.get(options.timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw FreshetProblem.noAnswer(what, e.getCause());
        } catch (TimeoutException e) {
            sent.cancel(true);
            throw FreshetProblem.noAnswer(what, e);
        } catch (InterruptedException e) {
            sent.cancel(true);
            Thread.currentThread().interrupt();
            throw FreshetProblem.noAnswer(what, e);
        }
    }

    private static JsonNode parsed(String body) throws JsonProcessingException {
        return body.isEmpty() ? MissingNode.getInstance() : JSON.readTree(body);
    }

    private static Duration retryAfter(HttpResponse<String> response) {
        String seconds = response.headers().firstValue("Retry-After").orElse("0");
        try {
            double bounded =
                    Math.min(Math.max(0, Double.parseDouble(seconds)), LONGEST_RETRY_AFTER);
            return Duration.ofMillis(Math.round(bounded * MILLIS));
        } catch (NumberFormatException aDate) {
            return Duration.ZERO;
        }
    }

    private static String parameters(@Nullable Object query) {
        if (query == null) {
            return "";
        }
        List<String> parameters = new ArrayList<>();
        JSON.<JsonNode>valueToTree(query)
                .properties()
                .forEach(
                        member -> {
                            JsonNode value = member.getValue();
                            String text =
                                    value instanceof TextNode ? value.asText() : value.toString();
                            parameters.add(
                                    member.getKey()
                                            + "="
                                            + URLEncoder.encode(text, StandardCharsets.UTF_8));
                        });
        return parameters.isEmpty() ? "" : "?" + String.join("&", parameters);
    }
}
