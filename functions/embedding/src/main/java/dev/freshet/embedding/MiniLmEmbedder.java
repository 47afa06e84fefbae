package dev.freshet.embedding;

import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.EmbedderUnavailableException;
import dev.langchain4j.model.embedding.EmbeddingModel;
import dev.langchain4j.model.embedding.onnx.allminilml6v2q.AllMiniLmL6V2QuantizedEmbeddingModel;
import org.jspecify.annotations.Nullable;

/**
 * Sentence embeddings within the process: all-MiniLM-L6-v2, quantised, by the ONNX runtime. Loaded
 * at the first text (1 to 2 s, ≈ 150 MB outside the heap); then ≈ 5 ms for a title and ≈ 25 ms for
 * 500 characters on one core. One text at a time, so that it takes no more than its share of a
 * machine.
 *
 * @see <a href="https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2">The model's card</a>
 */
public final class MiniLmEmbedder implements Embedder {
    /** Names the space of its vectors. */
    public static final String ORIGIN = "minilm-l6-v2-q";

    private static final int DIMENSION = 384;

    private @Nullable EmbeddingModel model;
    private @Nullable EmbedderUnavailableException broken;

    @Override
    public String origin() {
        return ORIGIN;
    }

    @Override
    public int dimension() {
        return DIMENSION;
    }

    @Override
    public synchronized float[] embed(String text) {
        return loaded().embed(text).content().vector();
    }

    /**
     * What does not load once does not load later: the libraries are there for the machine or not.
     */
    private EmbeddingModel loaded() {
        if (broken != null) {
            throw broken;
        }
        EmbeddingModel there = model;
        if (there == null) {
            there = load();
            model = there;
        }
        return there;
    }

    private EmbeddingModel load() {
        keepToItself();
        try {
            return new AllMiniLmL6V2QuantizedEmbeddingModel();
        } catch (RuntimeException | LinkageError cause) {
            broken = new EmbedderUnavailableException("the model does not load here", cause);
            throw broken;
        }
    }

    /**
     * The tokenizer's library reports its use to its makers, and keeps what it unpacks in the home
     * folder, which Lambda has not; both are said otherwise by system properties.
     */
    private static void keepToItself() {
        System.setProperty("OPT_OUT_TRACKING", "true");
        System.setProperty("ai.djl.offline", "true");
        if (System.getProperty("DJL_CACHE_DIR") == null) {
            System.setProperty(
                    "DJL_CACHE_DIR", System.getProperty("java.io.tmpdir") + "/freshet-djl");
        }
    }
}
