package dev.freshet.recommend;

/** The question is about an item that nobody has heard of. */
public final class UnknownItemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public UnknownItemException() {
        super("There is no such item; put it with PUT /v1/items, or look at its id.");
    }
}
