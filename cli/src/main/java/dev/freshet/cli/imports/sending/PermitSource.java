package dev.freshet.cli.imports.sending;

/** Gives the import permit that requests carry. */
@FunctionalInterface
public interface PermitSource {
    /**
     * Returns a permit.
     *
     * @param refused the permit that the API refused, or "" at first; a source that can make
     *     another one returns that, and a source that cannot returns the same
     * @throws dev.freshet.cli.CommandException where there is no permit
     */
    String permit(String refused);
}
