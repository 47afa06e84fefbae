package dev.freshet.local.gateway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Writer of the event of a REST API's Lambda proxy integration, format 1.0. {@code
 * requestContext.authorizer} holds the caller, if an authorizer admitted the request.
 */
final class ProxyEvent {

    /** Name of the stage in the local cloud. */
    static final String STAGE = "local";

    /** Id of the API in the local cloud. */
    static final String API = "local";

    private ProxyEvent() {}

    static String write(
            String method,
            String rawPath,
            @Nullable String rawQuery,
            Map<String, List<String>> headers,
            String body,
            Routes.Match match,
            String requestId,
            Optional<Grant> caller,
            Instant at) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("resource", match.route().path()).put("path", rawPath).put("httpMethod", method);
        single(event, "headers", headers);
        multiple(event, "multiValueHeaders", headers);
        Map<String, List<String>> query = query(rawQuery);
        single(event, "queryStringParameters", query);
        multiple(event, "multiValueQueryStringParameters", query);
        if (match.parameters().isEmpty()) {
            event.putNull("pathParameters");
        } else {
            ObjectNode parameters = event.putObject("pathParameters");
            match.parameters().forEach(parameters::put);
        }
        event.putNull("stageVariables");
        ObjectNode context = event.putObject("requestContext");
        context.put("resourcePath", match.route().path())
                .put("path", "/" + STAGE + rawPath)
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
                .put("userAgent", first(headers, "User-agent"));
        event.put("body", body.isEmpty() ? null : body).put("isBase64Encoded", false);
        return event.toString();
    }

    private static @Nullable String first(Map<String, List<String>> headers, String name) {
        List<String> values = headers.get(name);
        return values == null || values.isEmpty() ? null : values.getFirst();
    }

    private static void single(ObjectNode event, String field, Map<String, List<String>> values) {
        write(
                event,
                field,
                values,
                (node, entry) -> node.put(entry.getKey(), entry.getValue().getLast()));
    }

    private static void multiple(ObjectNode event, String field, Map<String, List<String>> values) {
        write(
                event,
                field,
                values,
                (node, entry) -> {
                    var list = node.putArray(entry.getKey());
                    entry.getValue().forEach(list::add);
                });
    }

    private static void write(
            ObjectNode event,
            String field,
            Map<String, List<String>> values,
            BiConsumer<ObjectNode, Map.Entry<String, List<String>>> entry) {
        if (values.isEmpty()) {
            event.putNull(field);
            return;
        }
        ObjectNode node = event.putObject(field);
        values.entrySet().forEach(value -> entry.accept(node, value));
    }

    private static Map<String, List<String>> query(@Nullable String raw) {
        Map<String, List<String>> query = new LinkedHashMap<>();
        if (raw == null || raw.isEmpty()) {
            return query;
        }
        for (String pair : raw.split("&", -1)) {
            String[] parts = pair.split("=", 2);
            query.computeIfAbsent(decode(parts[0]), name -> new java.util.ArrayList<>())
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
}
