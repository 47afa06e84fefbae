package dev.freshet.catalog;

/** An {@link Embedder} cannot answer: it does not load, or is not reached in time. */
public final class EmbedderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmbedderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
