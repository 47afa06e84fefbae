package dev.freshet.recommend;

/** The request names an item that the model does not hold. */
public final class UnknownItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownItemException() {
        super("There is no such item; put it with PUT /v1/items, or look at its id.");
    }
}
