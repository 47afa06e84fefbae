package dev.freshet.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The arguments of a job, in the form {@code --name value}. */
record Arguments(Map<String, String> byName) {
    static final List<String> NAMES =
            List.of("--folder", "--database", "--out", "--history", "--window", "--people");

    /**
     * Reads arguments.
     *
     * @throws IllegalArgumentException with a sentence about the first that is not understood
     */
    static Arguments of(String... arguments) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            String name = arguments[at];
            if (!NAMES.contains(name)) {
                throw new IllegalArgumentException(
                        "'"
                                + name
                                + "' is no argument; there are "
                                + String.join(", ", NAMES)
                                + ".");
            }
            if (at + 1 == arguments.length) {
                throw new IllegalArgumentException(name + " needs a value behind it.");
            }
            if (byName.put(name, arguments[at + 1]) != null) {
                throw new IllegalArgumentException(name + " is given twice.");
            }
        }
        if (byName.containsKey("--folder") == byName.containsKey("--database")) {
            throw new IllegalArgumentException("Give either --folder or --database.");
        }
        if (!byName.containsKey("--out")) {
            throw new IllegalArgumentException("--out names the file to write.");
        }
        return new Arguments(byName);
    }

    /** Returns an argument that is given or has a default. */
    String text(String name) {
        return byName.getOrDefault(name, "");
    }

    /** Returns a whole number. */
    int number(String name, int usual) {
        String given = byName.get(name);
        try {
            return given == null ? usual : Integer.parseInt(given);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    name + " must be a whole number, not '" + given + "'.", none);
        }
    }
}
