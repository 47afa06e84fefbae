package dev.freshet.bench.setup;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Text;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A command that measures something on this machine. Its result states when it was taken, and the
 * load of the machine.
 */
public abstract class Measurement implements Callable<Integer> {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Mixin protected final Output output = new Output();

    protected final InstantSource clock = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * What was measured.
     *
     * @param figures object whose components are members of the result in JSON
     * @param text the figures for people
     */
    public record Measured(Object figures, Text text) {
        /** Adds lines to the text by templates of {@link Text#filled} with the figures. */
        public Measured lines(String... templates) {
            JsonNode json = JSON.valueToTree(figures);
            for (String template : templates) {
                text.add(json, template);
            }
            return this;
        }
    }

    /**
     * Conditions of a measurement.
     *
     * @param at time of the measurement
     * @param processors number of processors
     * @param load mean number of processes that ran or waited to run over the last minute, those of
     *     the benchmark included; negative if the system does not report it
     * @param java version of the Java runtime
     */
    private record Machine(String at, int processors, double load, String java) {}

    /** Measures. */
    protected abstract Measured measure() throws IOException, InterruptedException;

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Measured measured = measure();
        Machine machine =
                new Machine(
                        clock.instant().toString(),
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        Runtime.version().toString());
        ObjectNode json = JSON.createObjectNode().put("bench", spec.name());
        json.setAll(JSON.<ObjectNode>valueToTree(measured.figures));
        json.set("machine", JSON.valueToTree(machine));
        measured.text.add(
                "Machine: %d processors, load %.1f over the last minute; Java %s",
                machine.processors, machine.load, machine.java);
        return output.result(json, measured.text.toString());
    }

    /** Returns the load of the machine over the last minute. */
    protected static double load() {
        return rounded(ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage(), 100);
    }

    /** Returns a value rounded to one decimal. */
    public static double tenths(double value) {
        return rounded(value, 10);
    }

    /** Returns a value rounded to a part of one, such as 100 for hundredths. */
    public static double rounded(double value, int parts) {
        return (double) Math.round(value * parts) / parts;
    }

    /**
     * Checks an option.
     *
     * @throws CommandException if a number is outside the bounds, which are inclusive
     */
    public static void unlessBetween(String option, int value, int least, int most) {
        if (value < least || value > most) {
            throw new CommandException(option + " must be between " + least + " and " + most + ".");
        }
    }
}
