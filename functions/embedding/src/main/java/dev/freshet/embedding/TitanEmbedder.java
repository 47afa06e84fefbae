package dev.freshet.embedding;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.EmbedderUnavailableException;
import java.io.IOException;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.InvokeModelRequest;

/**
 * Text embeddings by Amazon Titan Text Embeddings V2 on Bedrock: multilingual, ≈ $0.02 for a
 * million tokens (an item of 500 characters has ≈ 120), one call for each text. It requests {@value
 * #DIMENSION} of the model's 1,024 dimensions, at which AWS states 97 % of the full accuracy.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html">
 *     Request and response</a>
 */
public final class TitanEmbedder implements Embedder {
    /** Id of the model on Bedrock. */
    public static final String MODEL_ID = "amazon.titan-embed-text-v2:0";

    static final int DIMENSION = 256;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final BedrockRuntimeClient bedrock;

    public TitanEmbedder(BedrockRuntimeClient bedrock) {
        this.bedrock = bedrock;
    }

    @Override
    public String origin() {
        return "titan-text-v2";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public float[] embed(String text) {
        try {
            InvokeModelRequest request =
                    InvokeModelRequest.builder()
                            .modelId(MODEL_ID)
                            .contentType("application/json")
                            .accept("application/json")
                            .body(SdkBytes.fromByteArrayUnsafe(requestBody(text)))
                            .build();
            return vector(JSON.readTree(bedrock.invokeModel(request).body().asByteArrayUnsafe()));
        } catch (SdkException | IOException cause) {
            throw new EmbedderUnavailableException("Bedrock returned no embedding", cause);
        }
    }

    private static byte[] requestBody(String text) throws JsonProcessingException {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("inputText", text).put("dimensions", DIMENSION).put("normalize", true);
        return JSON.writeValueAsBytes(json);
    }

    private static float[] vector(JsonNode json) throws IOException {
        JsonNode numbers = json.path("embedding");
        if (numbers.size() != DIMENSION) {
            throw new IOException(
                    "an embedding of " + numbers.size() + " numbers instead of " + DIMENSION);
        }
        float[] vector = new float[DIMENSION];
        for (int at = 0; at < DIMENSION; at++) {
            vector[at] = numbers.get(at).floatValue();
            if (!numbers.get(at).isNumber() || !Float.isFinite(vector[at])) {
                throw new IOException("an embedding with an element that is not a finite number");
            }
        }
        return vector;
    }
}
