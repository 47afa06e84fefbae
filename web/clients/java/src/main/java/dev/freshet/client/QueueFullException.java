package dev.freshet.client;

/** The queue holds as many events as it may; the event was not added. */
public final class QueueFullException extends RuntimeException {
    QueueFullException(int maxQueued) {
        super(
                "The queue holds %d events that the API has not taken; the event was not added."
                        .formatted(maxQueued));
    }
}
