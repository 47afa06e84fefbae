package dev.freshet.functions;

/** Thrown to end a request with a problem, which {@link HttpHandler} turns into the response. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem) {
        super(problem.code(), null, false, false);
        this.problem = problem;
    }

    /**
     * Returns the exception that {@link HttpHandler} answers with a problem.
     *
     * @param status HTTP status
     * @param code stable, for programs
     * @param detail a sentence for people
     */
    static ProblemException of(int status, String code, String detail) {
        return new ProblemException(new Problem(status, code, detail));
    }

    /** Returns the problem. */
    public Problem problem() {
        return problem;
    }
}
