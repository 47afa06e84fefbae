package dev.freshet.local.gateway;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Parser of a function's answer in the format of the Lambda proxy integration. */
final class ProxyAnswer {

    private static final ObjectMapper JSON = new ObjectMapper();

    private ProxyAnswer() {}

    /** Returns the answer as an HTTP response; empty if it does not have the format. */
    static Optional<HttpReply> read(String payload) {
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
                .properties()
                .forEach(
                        header ->
                                headers.put(header.getKey(), List.of(header.getValue().asText())));
        answer.path("multiValueHeaders")
                .properties()
                .forEach(
                        header -> {
                            List<String> values = new ArrayList<>();
                            header.getValue().forEach(value -> values.add(value.asText()));
                            headers.put(header.getKey(), values);
                        });
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
