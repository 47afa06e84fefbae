package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.local.template.Cloud.Route;
import java.io.IOException;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Validation of a request's envelope: the media type, that the body is JSON of the type in the
 * document, and that its required members are present and of their types. The contents of the
 * members are validated by the functions.
 */
record Envelope(JsonNode api) {
    private static final JsonFactory JSON = new JsonFactory();

    /** Returns why a request is refused; empty if it is valid. */
    Optional<GatewayResponses.Kind> refusal(
            Route route, @Nullable String contentType, byte[] body) {
        JsonNode wanted = resolve(route.operation().path("requestBody"));
        JsonNode content = wanted.path("content");
        if (!content.isObject()) {
            return Optional.empty();
        }
        String mediaType =
                contentType == null
                        ? "application/json"
                        : contentType.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        if (!content.has(mediaType)) {
            return Optional.of(GatewayResponses.Kind.UNSUPPORTED_MEDIA_TYPE);
        }
        if (body.length == 0) {
            boolean required = wanted.path("required").asBoolean(false);
            return required
                    ? Optional.of(GatewayResponses.Kind.BAD_REQUEST_BODY)
                    : Optional.empty();
        }
        JsonNode schema = resolve(content.path(mediaType).path("schema"));
        return fits(schema, body)
                ? Optional.empty()
                : Optional.of(GatewayResponses.Kind.BAD_REQUEST_BODY);
    }

    private boolean fits(JsonNode schema, byte[] body) {
        Map<String, String> members = new HashMap<>();
        String type;
        try (JsonParser parser = JSON.createParser(body)) {
            type = typeOf(parser.nextToken());
            if (type.equals("object")) {
                while (parser.nextToken() == JsonToken.FIELD_NAME) {
                    String name = parser.currentName();
                    members.put(name, typeOf(parser.nextToken()));
                    parser.skipChildren();
                }
            } else {
                parser.skipChildren();
            }
            if (parser.nextToken() != null) {
                return false;
            }
        } catch (IOException e) {
            return false;
        }
        if (!accepts(schema, type)) {
            return false;
        }
        for (JsonNode required : schema.path("required")) {
            if (!members.containsKey(required.asText())) {
                return false;
            }
        }
        return members.entrySet().stream()
                .allMatch(
                        member ->
                                accepts(
                                        resolve(schema.path("properties").path(member.getKey())),
                                        member.getValue()));
    }

    private static boolean accepts(JsonNode schema, String type) {
        String wanted = schema.path("type").asText(type);
        return wanted.equals(type)
                || (wanted.equals("integer") && type.equals("number"))
                || (type.equals("null") && schema.path("nullable").asBoolean(false));
    }

    private static String typeOf(@Nullable JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "object";
            case START_ARRAY -> "array";
            case VALUE_STRING -> "string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "number";
            case VALUE_TRUE, VALUE_FALSE -> "boolean";
            case null, default -> "null";
        };
    }

    private JsonNode resolve(JsonNode node) {
        JsonNode at = node;
        for (int hops = 0; hops < 16 && at.has("$ref"); hops++) {
            at = api.at(at.path("$ref").asText().substring(1));
        }
        return at;
    }
}
