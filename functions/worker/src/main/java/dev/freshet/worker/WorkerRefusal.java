package dev.freshet.worker;

/**
 * Thrown if the worker cannot start until an operator corrects something; the message is one or two
 * sentences that say what.
 */
final class WorkerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkerRefusal(String sentence) {
        super(sentence);
    }

    WorkerRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
