package dev.freshet.batch;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** The arguments of a job, in the form {@code --name value}. */
record Arguments(Map<String, String> byName) {
    private static final Pattern JOB = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    /**
     * Reads arguments.
     *
     * @param names of the arguments there are; {@code --out} is needed where it is one
     * @throws IllegalArgumentException with a sentence about the first that is not understood
     */
    static Arguments of(List<String> names, String... arguments) {
        Map<String, String> byName = new LinkedHashMap<>();
        for (int at = 0; at < arguments.length; at += 2) {
            String name = arguments[at];
            if (!names.contains(name)) {
                throw new IllegalArgumentException(
                        "'"
                                + name
                                + "' is no argument; there are "
                                + String.join(", ", names)
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
        if (names.contains("--out") && !byName.containsKey("--out")) {
            throw new IllegalArgumentException("--out names the file to write.");
        }
        String job = byName.get("--job");
        if (job != null && !JOB.matcher(job).matches()) {
            throw new IllegalArgumentException(
                    "--job must be 1 to 64 letters, digits, '.', '_' or '-', not '" + job + "'.");
        }
        return new Arguments(byName);
    }

    /** Returns an argument, or an empty text where it is not given. */
    String text(String name) {
        return text(name, "");
    }

    /** Returns an argument. */
    String text(String name, String usual) {
        return byName.getOrDefault(name, usual);
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

    /** Returns a number. */
    double real(String name, double usual) {
        String given = byName.get(name);
        try {
            return given == null ? usual : Double.parseDouble(given);
        } catch (NumberFormatException none) {
            throw new IllegalArgumentException(
                    name + " must be a number, not '" + given + "'.", none);
        }
    }
}
