package dev.freshet.aws.option;

/** A variable of the environment of functions, worker and commands. */
public interface EnvironmentVariable {
    /** Returns the name of the variable, such as {@code FRESHET_MODEL_ID}. */
    String variable();

    /** Returns a sentence that says what the variable holds. */
    String meaning();
}
