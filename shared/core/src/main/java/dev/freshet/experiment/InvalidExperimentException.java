package dev.freshet.experiment;

/** A definition of an experiment that breaks a rule; the API answers it with a problem document. */
public final class InvalidExperimentException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    /**
     * Creates the exception with what is wrong and what to do.
     *
     * @param code stable, kebab-case: {@code unknown-metric}
     * @param detail one sentence for a person, with what to do
     */
    public InvalidExperimentException(String code, String detail) {
        super(detail);
        this.code = code;
    }

    public String code() {
        return code;
    }
}
