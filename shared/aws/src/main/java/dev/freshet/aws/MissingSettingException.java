package dev.freshet.aws;

import dev.freshet.aws.option.EnvironmentVariable;

/**
 * Signals that an environment variable that is needed is missing or unusable, which is a mistake in
 * the deployment.
 */
public final class MissingSettingException extends IllegalStateException {
    private static final long serialVersionUID = 1L;

    /**
     * Creates an exception whose message says what is wrong and what to do.
     *
     * @param fault completes a sentence that begins with the variable's name, such as "is not set"
     */
    public MissingSettingException(EnvironmentVariable variable, String fault) {
        super(
                """
                %s %s. Meaning of the variable: %s The stack sets it for every function that needs \
                it, and the local cloud takes it from the synthesized template. To correct it, \
                deploy again or set it by hand."""
                        .formatted(variable.variable(), fault, variable.meaning()));
    }
}
