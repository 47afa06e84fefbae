package dev.freshet.catalog;

/**
 * Port: computes the embedding of a text, such that texts of similar meaning have a high cosine.
 * Safe for use by several threads.
 */
public interface Embedder {
    /**
     * Returns the name of the model, 1 to {@value Embedding#MAX_ORIGIN} characters; a name is never
     * reused for another model.
     */
    String origin();

    /** Returns the length of the vectors, 1 to {@value Embedding#MAX_DIMENSION}. */
    int dimension();

    /**
     * Returns the embedding of a text.
     *
     * @param text not blank; a model reads only a bounded prefix of it
     * @return {@link #dimension} finite numbers
     * @throws EmbedderUnavailableException if the model is not available now
     */
    float[] embed(String text);
}
