package dev.freshet.aws.option;

import java.util.Optional;

/** The values of options, as the owner of a stack gave them or by default. */
public interface OptionValues {
    /**
     * Returns the value of an option: the given one, else the default; empty if the option has
     * neither.
     */
    <T> Optional<T> find(StackOption<T> option);

    /**
     * Returns the value of an option that is given or has a default.
     *
     * @throws IllegalStateException if the option has neither
     */
    <T> T get(StackOption<T> option);

    /**
     * Returns the text of an option that is given or has a default.
     *
     * @throws IllegalStateException if the option has neither
     */
    String text(StackOption<?> option);
}
