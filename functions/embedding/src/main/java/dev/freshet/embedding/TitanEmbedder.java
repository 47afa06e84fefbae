package dev.freshet.embedding;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.AwsCalls;
import dev.freshet.catalog.Embedder;
import java.io.IOException;
import java.util.Base64;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;
import software.amazon.awssdk.services.bedrockruntime.model.ValidationException;

/**
 * Embeddings by a model of the Titan family on Amazon Bedrock, one call for each item.
 *
 * <p>Text Embeddings V2 is multilingual and costs ≈ $0.02 for a million tokens (an item of 500
 * characters has ≈ 120); it is asked for 256 of its 1,024 dimensions, at which AWS states 97 % of
 * the full accuracy. Multimodal Embeddings G1 has texts and images in one space of 384 dimensions
 * and returns the mean of the two where an item has both. An image that cannot be fetched is left
 * out, with a line in the log: a broken link does not cost an item the vector of its text.
 *
 * <p>Multimodal Embeddings G1 takes 256 tokens of English at most, which 500 characters of Chinese
 * or Japanese exceed, and refuses what is longer. An input that is refused for its tokens or a
 * length is asked for again with half of its text, {@value #MAX_TRIES} times in all, one with an
 * image that is refused for another reason without it. What is still refused, such as each request
 * in an account that may not use the model, makes the embedder unavailable.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-text.html">
 *     Request and response of Text Embeddings V2</a>
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html">
 *     Request and response of Multimodal Embeddings G1</a>
 */
public final class TitanEmbedder implements Embedder {
    private static final Logger LOG = LoggerFactory.getLogger(TitanEmbedder.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern TOO_LONG = Pattern.compile("(?i)token|length|too long");

    /** Of 500 characters 31 are left, which have fewer than 128 tokens in any script. */
    private static final int MAX_TRIES = 6;

    private final BedrockRuntimeClient bedrock;
    private final @Nullable ImageDownload images;

    private TitanEmbedder(BedrockRuntimeClient bedrock, @Nullable ImageDownload images) {
        this.bedrock = bedrock;
        this.images = images;
    }

    /** Returns Text Embeddings V2. */
    public static TitanEmbedder ofTexts(BedrockRuntimeClient bedrock) {
        return new TitanEmbedder(bedrock, null);
    }

    /**
     * Returns Multimodal Embeddings G1.
     *
     * @param images fetches the images of items; its bounds are those of an image that is embedded
     */
    public static TitanEmbedder ofImages(BedrockRuntimeClient bedrock, ImageDownload images) {
        return new TitanEmbedder(bedrock, images);
    }

    @Override
    public String origin() {
        return readsImages() ? "titan-image-v1" : "titan-text-v2";
    }

    @Override
    public int dimension() {
        return readsImages() ? 384 : 256;
    }

    @Override
    public boolean readsImages() {
        return images != null;
    }

    @Override
    public float[] embed(String text) {
        return embed(body(text));
    }

    @Override
    public float[] embed(String text, String imageUrl) {
        ObjectNode body = body(text);
        if (images != null) {
            try {
                byte[] image = images.fetch(imageUrl);
                body.put("inputImage", Base64.getEncoder().encodeToString(image));
            } catch (IOException unread) {
                LOG.warn("The image {} is left out: {}", imageUrl, unread.getMessage());
            }
        }
        return embed(body);
    }

    private float[] embed(ObjectNode body) {
        for (int tries = 1; ; tries++) {
            try {
                return invoke(body);
            } catch (ValidationException refused) {
                if (tries == MAX_TRIES) {
                    throw new InputRefusedException("Bedrock refused an input", refused);
                }
                String reason = String.valueOf(refused.getMessage());
                if (TOO_LONG.matcher(reason).find()) {
                    body.put("inputText", half(body.path("inputText").asText()));
                } else if (body.remove("inputImage") == null) {
                    throw unavailable(refused);
                }
                LOG.warn("An input is made smaller, which Bedrock refused: {}", reason);
            }
        }
    }

    /** Returns the first half of a text, which begins with whole characters. */
    private static String half(String text) {
        int end = Math.max(1, text.length() / 2);
        return text.substring(0, Character.isHighSurrogate(text.charAt(end - 1)) ? end + 1 : end);
    }

    /** Returns the request for a text: the two models name the wanted length differently. */
    private ObjectNode body(String text) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("inputText", text);
        if (readsImages()) {
            body.putObject("embeddingConfig").put("outputEmbeddingLength", dimension());
            return body;
        }
        return body.put("dimensions", dimension()).put("normalize", true);
    }

    /**
     * Returns the embedding that a request is answered with.
     *
     * @throws ValidationException if Bedrock does not take the input
     * @throws EmbedderUnavailableException if Bedrock fails, or answers with no such embedding
     */
    private float[] invoke(ObjectNode body) {
        try {
            SdkBytes request = SdkBytes.fromByteArrayUnsafe(JSON.writeValueAsBytes(body));
            String model =
                    readsImages() ? "amazon.titan-embed-image-v1" : "amazon.titan-embed-text-v2:0";
            SdkBytes answer =
                    bedrock.invokeModel(
                                    invoke ->
                                            invoke.modelId(model)
                                                    .contentType("application/json")
                                                    .accept("application/json")
                                                    .body(request))
                            .body();
            return vector(JSON.readTree(answer.asByteArrayUnsafe()).path("embedding"));
        } catch (ValidationException refused) {
            throw refused;
        } catch (SdkException | IOException cause) {
            throw unavailable(cause);
        }
    }

    /** Returns the exception for a call that failed, after a warning as of other stores. */
    private static EmbedderUnavailableException unavailable(Exception cause) {
        return new EmbedderUnavailableException(
                "Bedrock returned no embedding", AwsCalls.unavailable("Bedrock", cause));
    }

    /** Returns {@link #dimension()} finite numbers; anything else is no embedding. */
    private float[] vector(JsonNode numbers) throws IOException {
        if (numbers.size() != dimension()) {
            throw new IOException(
                    "an embedding of " + numbers.size() + " numbers instead of " + dimension());
        }
        float[] vector = new float[numbers.size()];
        for (int at = 0; at < vector.length; at++) {
            vector[at] = numbers.get(at).floatValue();
            if (!numbers.get(at).isNumber() || !Float.isFinite(vector[at])) {
                throw new IOException("an embedding with an element that is not a finite number");
            }
        }
        return vector;
    }
}
