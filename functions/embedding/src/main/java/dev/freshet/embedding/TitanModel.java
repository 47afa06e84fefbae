package dev.freshet.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import java.io.IOException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/**
 * One embedding model of the Titan family on Bedrock.
 *
 * @param modelId on Bedrock
 * @param dimension of the vectors that are asked for
 */
record TitanModel(BedrockRuntimeClient bedrock, String modelId, int dimension) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /**
     * Returns the vector that the model answers.
     *
     * @throws EmbedderUnavailableException if it answers none
     */
    float[] invoke(JsonNode body) {
        try {
            InvokeModelRequest request =
                    InvokeModelRequest.builder()
                            .modelId(modelId)
                            .contentType("application/json")
                            .accept("application/json")
                            .body(SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(body)))
                            .build();
            return vector(JSON.readTree(bedrock.invokeModel(request).body().asByteArrayUnsafe()));
        } catch (SdkException | IOException cause) {
            throw new EmbedderUnavailableException("Bedrock returned no embedding", cause);
        }
    }

    private float[] vector(JsonNode json) throws IOException {
        JsonNode numbers = json.path("embedding");
        if (numbers.size() != dimension) {
            throw new IOException(
                    "an embedding of " + numbers.size() + " numbers instead of " + dimension);
        }
        float[] vector = new float[dimension];
        for (int at = 0; at < dimension; at++) {
            vector[at] = numbers.get(at).floatValue();
            if (!numbers.get(at).isNumber() || !Float.isFinite(vector[at])) {
                throw new IOException("an embedding with an element that is not a finite number");
            }
        }
        return vector;
    }
}
