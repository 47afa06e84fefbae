package dev.freshet.catalog;

/**
 * An {@link Embedder} that cannot answer: its model does not load, or its service is not reached in
 * time.
 */
public final class EmbedderUnavailableException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public EmbedderUnavailableException(String message, Throwable cause) {
        super(message, cause);
    }
}
