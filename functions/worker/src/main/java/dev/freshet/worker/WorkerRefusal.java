package dev.freshet.worker;

/** Something that people have to put right: one sentence that says what. */
final class WorkerRefusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    WorkerRefusal(String sentence) {
        super(sentence);
    }

    WorkerRefusal(String sentence, Throwable cause) {
        super(sentence, cause);
    }
}
