package dev.freshet.functions;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One answer, as API Gateway's REST proxy integration takes it.
 *
 * <p>Every answer says {@code Access-Control-Allow-Origin: *}: with a proxy integration the
 * function has to, and a request is let in by the credential that it carries, which browsers add to
 * none by themselves; a key bound to origins is held to them in {@link CallerCheck}.
 *
 * @param status HTTP status
 * @param contentType of the body
 * @param headers beside the content type
 * @param body JSON, or null for an answer without a body
 */
public record HttpResponse(
        int status, String contentType, Map<String, String> headers, @Nullable JsonNode body) {
    private static final String JSON = "application/json";
    private static final ObjectMapper MAPPER = new ObjectMapper(new JsonFactory());

    public HttpResponse {
        headers = Map.copyOf(headers);
    }

    /** An answer with a JSON body. */
    public static HttpResponse json(int status, JsonNode body) {
        return new HttpResponse(status, JSON, Map.of(), body);
    }

    /** 204. */
    public static HttpResponse noContent() {
        return new HttpResponse(204, JSON, Map.of(), null);
    }

    /** This answer with one more header. */
    public HttpResponse with(String header, String value) {
        Map<String, String> more = new HashMap<>(headers);
        more.put(header, value);
        return new HttpResponse(status, contentType, more, body);
    }

    /** Writes the proxy integration's answer: {@code {statusCode, headers, body}}. */
    void write(OutputStream out) throws IOException {
        try (JsonGenerator json = MAPPER.getFactory().createGenerator(out)) {
            json.writeStartObject();
            json.writeNumberField("statusCode", status);
            json.writeObjectFieldStart("headers");
            if (body != null) {
                json.writeStringField("Content-Type", contentType);
            }
            json.writeStringField("Access-Control-Allow-Origin", "*");
            for (Map.Entry<String, String> header : headers.entrySet()) {
                json.writeStringField(header.getKey(), header.getValue());
            }
            json.writeEndObject();
            json.writeStringField("body", body == null ? "" : MAPPER.writeValueAsString(body));
            json.writeBooleanField("isBase64Encoded", false);
            json.writeEndObject();
        }
    }
}
