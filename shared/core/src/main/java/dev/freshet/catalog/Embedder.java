package dev.freshet.catalog;

/**
 * Port: turns a text into a direction, such that texts of like meaning point alike. Safe for many
 * threads.
 */
public interface Embedder {
    /** Name of the model, 1 to {@value Embedding#MAX_ORIGIN} characters; never given to another. */
    String origin();

    /** How many numbers {@link #embed} answers, 1 to {@value Embedding#MAX_DIMENSION}. */
    int dimension();

    /**
     * The text's direction.
     *
     * @param text not blank; a model reads only so much of it from the front
     * @return {@link #dimension} finite numbers
     * @throws EmbedderUnavailableException when it cannot be told now
     */
    float[] embed(String text);
}
