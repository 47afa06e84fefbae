package dev.freshet.bench.setup;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import dev.freshet.json.JsonRecords;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Spec;

/**
 * A command that measures something on this machine. Its result states the numbers and switches of
 * the command line that it was taken with, when that was, and the load of the machine.
 */
public abstract class Measurement implements Callable<Integer> {
    private static final Pattern NEXT_WORD = Pattern.compile("-(.)");

    @Mixin protected final Output output = new Output();

    protected final InstantSource clock = InstantSource.system();

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    /**
     * What was measured.
     *
     * @param json the result for programs
     * @param text the result for people
     */
    public record Measured(ObjectNode json, Text text) {
        /** Adds lines to the text by templates of {@link Text#filled} with the result. */
        public Measured lines(String... templates) {
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

    /**
     * Returns what was measured. Its JSON has the numbers and switches of the command line, by
     * their names in camel case, and the figures, which take precedence.
     *
     * @param figures a record or a map
     * @param text lines for people that are complete
     */
    protected final Measured measured(Object figures, Text text) {
        List<OptionSpec> ofOutput =
                Objects.requireNonNull(spec.mixins().get("output"), "output").options();
        Map<String, Object> settings = new LinkedHashMap<>();
        for (OptionSpec option : spec.options()) {
            boolean measures =
                    !option.usageHelp() && !option.versionHelp() && !ofOutput.contains(option);
            Object value = option.getValue();
            if (measures && (value instanceof Number || value instanceof Boolean)) {
                settings.put(inCamelCase(option.longestName().substring(2)), value);
            }
        }
        ObjectNode json = JsonNodeFactory.instance.objectNode().put("bench", spec.name());
        json.setAll(JsonRecords.tree(settings));
        json.setAll(JsonRecords.tree(figures));
        return new Measured(json, text);
    }

    private static String inCamelCase(String name) {
        return NEXT_WORD.matcher(name).replaceAll(next -> next.group(1).toUpperCase(Locale.ROOT));
    }

    @Override
    public final Integer call() throws IOException, InterruptedException {
        Measured measured = measure();
        Machine machine =
                new Machine(
                        clock.instant().toString(),
                        Runtime.getRuntime().availableProcessors(),
                        load(),
                        Runtime.version().toString());
        measured.json.set("machine", JsonRecords.tree(machine));
        measured.lines(
                "Machine: {/machine/processors} processors, load {/machine/load:.1f} over the last"
                        + " minute; Java {/machine/java}");
        return output.result(measured.json, measured.text);
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
