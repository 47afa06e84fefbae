package dev.freshet.embedding;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.catalog.Embedder;
import dev.freshet.embedding.TitanEmbedder.TitanModel;
import java.io.IOException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Embeddings of texts and images in one space by Amazon Titan Multimodal Embeddings G1 on Bedrock.
 * Where an item has both, the model returns the mean of the two. An image that cannot be fetched is
 * left out, with a line in the log: a broken link does not cost an item the vector of its text.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/bedrock/latest/userguide/model-parameters-titan-embed-mm.html">
 *     Request and response</a>
 */
public final class TitanImageEmbedder implements Embedder {
    /** Id of the model on Bedrock. */
    public static final String MODEL_ID = "amazon.titan-embed-image-v1";

    /** One of the lengths 256, 384 and 1,024. */
    static final int DIMENSION = 384;

    private static final Logger LOG = LoggerFactory.getLogger(TitanImageEmbedder.class);

    private final TitanModel model;
    private final ImageDownload images;

    public TitanImageEmbedder(BedrockRuntimeClient bedrock, ImageDownload images) {
        model = new TitanModel(bedrock, MODEL_ID, DIMENSION);
        this.images = images;
    }

    @Override
    public String origin() {
        return "titan-image-v1";
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public boolean readsImages() {
        return true;
    }

    @Override
    public float[] embed(String text) {
        return model.invoke(body(text, null));
    }

    @Override
    public float[] embed(String text, String imageUrl) {
        return model.invoke(body(text, image(imageUrl)));
    }

    private byte @Nullable [] image(String url) {
        try {
            return images.fetch(url);
        } catch (IOException unread) {
            LOG.warn("The image {} is left out: {}", url, unread.getMessage());
            return null;
        }
    }

    private static ObjectNode body(String text, byte @Nullable [] image) {
        ObjectNode body = JsonNodeFactory.instance.objectNode().put("inputText", text);
        if (image != null) {
            body.put("inputImage", Base64.getEncoder().encodeToString(image));
        }
        body.putObject("embeddingConfig").put("outputEmbeddingLength", DIMENSION);
        return body;
    }
}
