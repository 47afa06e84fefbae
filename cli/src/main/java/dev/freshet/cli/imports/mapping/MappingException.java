package dev.freshet.cli.imports.mapping;

import dev.freshet.cli.CommandException;
import dev.freshet.json.EditDistance;
import java.io.Serial;
import java.util.Collection;
import java.util.Comparator;

/** A mapping is not usable; the message says where and why. */
final class MappingException extends CommandException {
    @Serial private static final long serialVersionUID = 1L;

    /** Most characters of a name that is shown or compared. */
    private static final int MAX_NAME = 100;

    MappingException(Position position, String sentence) {
        super(position + ": " + sentence);
    }

    /** Returns a problem with a name, with the nearest of the names that would do. */
    static MappingException unknown(
            Position position, String what, String name, Collection<String> known) {
        String shown = name.length() <= MAX_NAME ? name : name.substring(0, MAX_NAME) + "…";
        String nearest =
                known.stream()
                        .filter(other -> other.length() <= MAX_NAME)
                        .min(Comparator.comparingInt(other -> EditDistance.between(shown, other)))
                        .map(other -> " Did you mean '" + other + "'?")
                        .orElse("");
        return new MappingException(position, what + " '" + shown + "'." + nearest);
    }
}
