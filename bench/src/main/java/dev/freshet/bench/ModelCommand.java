package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.jmh.ModelBenchmarks;
import dev.freshet.bench.jmh.ModelFigure;
import dev.freshet.bench.setup.Measurement;
import dev.freshet.bench.setup.Measurement.Measured;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import dev.freshet.folder.Checkout;
import dev.freshet.local.function.LambdaJvm;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The command {@code freshet bench model}: measures speed and size of the model in memory. */
@Command(
        name = "model",
        mixinStandardHelpOptions = true,
        description = {
            "Measures the model in memory with JMH: learning, recommendations, snapshots, deltas.",
            "Scenes: gowalla (40,981 items), catalogue (gowalla with tags and words), million"
                    + " (1,000,000 generated items, which take minutes to learn first)."
        })
final class ModelCommand extends Measurement {
    private static final List<String> COLUMNS = List.of("mean", "p50", "p90", "p99", "max");

    @Option(
            names = "--scene",
            paramLabel = "NAME",
            description = "gowalla, catalogue or million; may be repeated. Default: all.")
    private List<String> scenes = new ArrayList<>();

    @Option(
            names = "--data",
            paramLabel = "DIR",
            description =
                    "Folder that contains Gowalla's train.txt or gowalla/train.txt. Default:"
                            + " generated interactions of the same size.")
    private @Nullable Path data;

    @Option(
            names = "--quick",
            description =
                    "Run for seconds instead of minutes, as a test; the results are not"
                            + " meaningful.")
    private boolean quick;

    @Option(
            names = "--compiler",
            paramLabel = "OPTION",
            description =
                    "JVM option for the compilers of all benchmarks. Default: those that Lambda"
                            + " gives the function that does the measured work.")
    private List<String> compilers = new ArrayList<>();

    @Override
    protected Measured measure() throws IOException {
        List<String> known = ModelBenchmarks.scenes();
        for (String scene : scenes) {
            if (!known.contains(scene)) {
                throw new CommandException(
                        "--scene must be one of " + String.join(", ", known) + ".");
            }
        }
        Path lines = data == null ? null : lines(data);
        Path home = Checkout.find();
        return report(
                ModelBenchmarks.run(
                        scenes.isEmpty() ? known : scenes,
                        lines,
                        function -> compilers(home, function),
                        quick,
                        output::note));
    }

    /** Returns the options given by --compiler, else those that Lambda gives the function. */
    private List<String> compilers(Path home, String function) {
        return compilers.isEmpty()
                ? LambdaJvm.compilerOptions(FunctionPackage.definition(home, function))
                : compilers;
    }

    private static Path lines(Path folder) {
        for (Path file :
                List.of(folder.resolve("train.txt"), folder.resolve("gowalla/train.txt"))) {
            if (Files.isReadable(file)) {
                return file.toAbsolutePath();
            }
        }
        throw new CommandException("--data: there is no train.txt in " + folder + ".");
    }

    private Measured report(Map<String, List<ModelFigure>> measured) {
        Map<String, Object> figures = new LinkedHashMap<>();
        figures.put("made-up", data == null);
        figures.put("compilers", compilers);
        Text text = new Text();
        text.add("%s", row("", "", COLUMNS));
        measured.forEach(
                (scene, all) -> {
                    Map<String, ModelFigure> named = new LinkedHashMap<>();
                    text.add("%s", scene);
                    for (ModelFigure figure : all) {
                        named.put(figure.name(), figure);
                        text.add("%s", row("  " + figure.what(), figure.unit(), cells(figure)));
                    }
                    figures.put(scene, named);
                });
        return measured(figures, text);
    }

    private static List<String> cells(ModelFigure figure) {
        return COLUMNS.stream()
                .map(column -> figure.values().get(column))
                .map(
                        value ->
                                value == null
                                        ? ""
                                        : String.format(
                                                Locale.ROOT,
                                                value < 100 ? "%,.2f" : "%,.0f",
                                                value))
                .toList();
    }

    private static String row(String what, String unit, List<String> cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-36s", what));
        cells.forEach(cell -> row.append(String.format(Locale.ROOT, "%11s", cell)));
        return row.append("  ").append(unit).toString().stripTrailing();
    }
}
