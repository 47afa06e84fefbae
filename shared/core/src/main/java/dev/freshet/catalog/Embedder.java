package dev.freshet.catalog;

/**
 * Port: computes the embedding of an item's text, and of its image where {@link #readsImages} says
 * so, such that items of similar meaning have a high cosine. Safe for use by several threads.
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
     * @throws InputRefusedException if the model does not take the text, also a part of it
     */
    float[] embed(String text);

    /** Returns whether {@link #embed(String, String)} reads the image. */
    default boolean readsImages() {
        return false;
    }

    /**
     * Returns the embedding of a text and an image together.
     *
     * @param text not blank; a model reads only a bounded prefix of it
     * @param imageUrl where the image is, as the item names it; unchecked
     * @return {@link #dimension} finite numbers
     * @throws EmbedderUnavailableException if the model is not available now
     * @throws InputRefusedException if the model does not take the text, also a part of it
     */
    default float[] embed(String text, String imageUrl) {
        return embed(text);
    }

    /**
     * An {@link Embedder} that cannot answer: its model does not load, or its service is not
     * reached in time.
     */
    final class EmbedderUnavailableException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public EmbedderUnavailableException(String message, Throwable cause) {
            super(message, cause);
        }
    }

    /** An {@link Embedder} answers, but does not take this input; it takes others. */
    final class InputRefusedException extends RuntimeException {
        private static final long serialVersionUID = 1;

        public InputRefusedException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
