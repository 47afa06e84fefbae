package dev.freshet.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;

/** Writer of the experiments' results as a table in {@code target/simulation-FORK.md}. */
final class Table {
    private static final Path FILE =
            Path.of("target", "simulation-" + System.getProperty("freshet.fork", "1") + ".md");
    private static final TreeMap<Integer, String> EXPERIMENTS = new TreeMap<>();
    private static final TreeMap<String, String> BUGS = new TreeMap<>();

    private Table() {}

    /** Adds the row of one experiment. */
    static synchronized void add(
            int number, String fault, long seeds, long events, long faults, int different) {
        EXPERIMENTS.put(
                number,
                "| %d | %s | %,d | %,d | %,d | %d |%n"
                        .formatted(number, fault, seeds, events, faults, different));
        write();
    }

    /** Adds the row of one planted bug. */
    static synchronized void found(PlantedBug bug, long seed, String difference) {
        String brief = difference.length() > 90 ? difference.substring(0, 90) + "…" : difference;
        BUGS.put(
                bug.name(),
                "| %s | %d | seed %d | %s |%n"
                        .formatted(
                                bug.name().toLowerCase(java.util.Locale.ROOT).replace('_', ' '),
                                bug.finder().number(),
                                seed,
                                brief.replace("|", "/")));
        write();
    }

    private static void write() {
        StringBuilder text = new StringBuilder();
        text.append("| # | fault | seeds | events | faults injected | runs with differences |\n");
        text.append("|---|---|---|---|---|---|\n");
        EXPERIMENTS.values().forEach(text::append);
        text.append("\n| planted bug | found by | at | first difference |\n|---|---|---|---|\n");
        BUGS.values().forEach(text::append);
        try {
            Files.createDirectories(FILE.getParent());
            Files.writeString(FILE, text.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
