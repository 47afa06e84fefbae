package dev.freshet.cli;

import java.util.List;

/**
 * Brings subcommands to {@code freshet}; found by {@link java.util.ServiceLoader}, so a module adds
 * a command by naming its provider under {@code META-INF/services/dev.freshet.cli.CommandProvider}.
 */
public interface CommandProvider {

    /**
     * New instances of picocli {@code @Command} classes that implement {@code Callable<Integer>}. A
     * command throws {@link CommandException} where people have to do something; anything else that
     * it throws is taken for a defect.
     */
    List<Object> commands();
}
