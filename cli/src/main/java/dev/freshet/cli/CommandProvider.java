package dev.freshet.cli;

import dev.freshet.console.CommandException;
import java.util.List;

/**
 * Adds commands to {@code freshet}. Providers are found by {@link java.util.ServiceLoader}: a
 * module adds commands by naming its provider in {@code
 * META-INF/services/dev.freshet.cli.CommandProvider}.
 */
public interface CommandProvider {

    /**
     * Returns new instances of picocli {@code @Command} classes that implement {@code
     * Callable<Integer>}. A command throws {@link CommandException} for what a person can correct;
     * every other exception is reported as a defect.
     */
    List<Object> commands();
}
