package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.local.gateway.TokenAuthorizer.Grant;
import dev.freshet.local.host.HttpReply;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The Lambda proxy integration of a REST API, format 1.0: the event that a function gets for a
 * request, and the response that its answer stands for. {@code requestContext.authorizer} of the
 * event holds the caller, if an authorizer admitted the request.
 */
final class ProxyIntegration {
    /** Name of the stage in the local cloud. */
    static final String STAGE = "local";

    /** Id of the API in the local cloud. */
    static final String API = "local";

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProxyIntegration() {}

    /** Returns the event for a request whose body has been read. */
    static String event(
            HttpExchange exchange,
            byte[] body,
            Routes.Match match,
            String requestId,
            Optional<Grant> caller,
            Instant at) {
        String path = exchange.getRequestURI().getRawPath();
        String method = exchange.getRequestMethod();
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("resource", match.route().path()).put("path", path).put("httpMethod", method);
        values(event, "headers", "multiValueHeaders", exchange.getRequestHeaders());
        values(
                event,
                "queryStringParameters",
                "multiValueQueryStringParameters",
                query(exchange.getRequestURI().getRawQuery()));
        if (match.parameters().isEmpty()) {
            event.putNull("pathParameters");
        } else {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        event.putNull("stageVariables");
        ObjectNode context = event.putObject("requestContext");
        context.put("resourcePath", match.route().path())
                .put("path", "/" + STAGE + path)
                .put("httpMethod", method)
                .put("stage", STAGE)
                .put("protocol", "HTTP/1.1")
                .put("requestId", requestId)
                .put("requestTimeEpoch", at.toEpochMilli())
                .put("apiId", API);
        caller.ifPresent(
                grant -> {
                    ObjectNode authorizer = context.putObject("authorizer");
                    grant.context().forEach(authorizer::put);
                    authorizer.put("principalId", grant.principal());
                });
        context.putObject("identity")
                .put("sourceIp", "127.0.0.1")
                .put("userAgent", exchange.getRequestHeaders().getFirst("User-Agent"));
        return event.put("body", body.length == 0 ? null : new String(body, StandardCharsets.UTF_8))
                .put("isBase64Encoded", false)
                .toString();
    }

    /** Writes the last value of each name, and all of them. */
    private static void values(
            ObjectNode event, String last, String all, Map<String, List<String>> values) {
        if (values.isEmpty()) {
            event.putNull(last).putNull(all);
            return;
        }
        ObjectNode single = event.putObject(last);
        ObjectNode multiple = event.putObject(all);
        values.forEach(
                (name, each) -> {
                    single.put(name, each.getLast());
                    ArrayNode list = multiple.putArray(name);
                    each.forEach(list::add);
                });
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(decode(parts[0]), name -> new ArrayList<>())
                    .add(parts.length == 1 ? "" : decode(parts[1]));
        }
        return query;
    }

    private static String decode(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return text;
        }
    }

    /** Returns a function's answer as an HTTP response; empty if it does not have the format. */
    static Optional<HttpReply> response(String payload) {
        JsonNode answer;
        try {
            answer = JSON.readTree(payload);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
        int status = answer.path("statusCode").asInt(0);
        if (status < 100 || status > 599) {
            return Optional.empty();
        }
        Map<String, List<String>> headers = new LinkedHashMap<>();
        answer.path("headers")
                .forEachEntry((name, value) -> headers.put(name, List.of(value.asText())));
        answer.path("multiValueHeaders")
                .forEachEntry((name, all) -> headers.put(name, GatewayResponses.texts(all)));
        if (headers.keySet().stream().noneMatch("Content-Type"::equalsIgnoreCase)) {
            headers.put("Content-Type", List.of("application/json"));
        }
        String body = answer.path("body").asText("");
        byte[] bytes =
                answer.path("isBase64Encoded").asBoolean()
                        ? Base64.getDecoder().decode(body)
                        : body.getBytes(StandardCharsets.UTF_8);
        return Optional.of(new HttpReply(status, headers, bytes));
    }
}
