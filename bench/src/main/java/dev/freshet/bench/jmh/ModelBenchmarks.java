package dev.freshet.bench.jmh;

import dev.freshet.bench.jmh.SceneState.Scene;
import dev.freshet.console.TemporaryFolder;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Runner of this package's benchmarks, each in a JVM of its own with the compilers of the function
 * that does the measured work in Lambda.
 */
public final class ModelBenchmarks {
    private static final List<Benchmark> BENCHMARKS =
            List.of(
                    new Benchmark(LearnBenchmark.class, "train"),
                    new Benchmark(RecommendBenchmark.class, "recommend"),
                    new Benchmark(LogBenchmark.class, "compact"));

    /**
     * A benchmark.
     *
     * @param function name of the function that does the measured work
     */
    private record Benchmark(Class<?> type, String function) {}

    private ModelBenchmarks() {}

    /** Returns the names of all scenes. */
    public static List<String> scenes() {
        return Stream.of(Scene.values()).map(Scene::label).toList();
    }

    /**
     * Runs the benchmarks, and returns their figures by scene, in the order of measurement.
     *
     * @param scenes names out of {@link #scenes}
     * @param lines Gowalla's training lines, or null for a generated world of that size
     * @param compilers returns the JVM options for the compilers of a function
     * @param quick whether to run each for a few seconds instead of a minute, as a test without
     *     meaningful results
     * @param note receives progress messages
     * @throws IOException if the folder for snapshots is not accessible
     */
    public static Map<String, List<ModelFigure>> run(
            List<String> scenes,
            @Nullable Path lines,
            Function<String, List<String>> compilers,
            boolean quick,
            Consumer<String> note)
            throws IOException {
        try (TemporaryFolder temporary = TemporaryFolder.create("freshet-bench")) {
            Path folder = temporary.path();
            Map<String, List<ModelFigure>> figures = new LinkedHashMap<>();
            for (String scene : scenes) {
                List<ModelFigure> all = new ArrayList<>();
                for (Benchmark benchmark : BENCHMARKS) {
                    note.accept(scene + ": " + benchmark.type().getSimpleName() + " …");
                    List<String> options = compilers.apply(benchmark.function());
                    run(benchmark.type().getName(), scene, lines, options, quick, folder)
                            .forEach(result -> all.add(ModelFigure.of(result)));
                }
                Sizes.read(folder, scene).ifPresent(sizes -> all.addAll(ModelFigure.of(sizes)));
                figures.put(scene, all);
            }
            return figures;
        }
    }

    private static Collection<RunResult> run(
            String benchmark,
            String scene,
            @Nullable Path lines,
            List<String> compilers,
            boolean quick,
            Path folder)
            throws IOException {
        List<String> jvm =
                new ArrayList<>(
                        List.of(
                                "-Xms1g",
                                "-Xmx2g",
                                "-XX:+UseSerialGC",
                                "-XX:+UseCompactObjectHeaders",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Djmh.ignoreLock=true",
                                "-D" + SceneState.FOLDER + "=" + folder));
        jvm.addAll(compilers);
        if (lines != null) {
            jvm.add("-D" + SceneState.LINES + "=" + lines);
        }
        ChainedOptionsBuilder options =
                new OptionsBuilder()
                        .include("^" + benchmark.replace(".", "\\.") + "\\.")
                        .param("scene", scene)
                        .jvmArgs(jvm.toArray(String[]::new))
                        .shouldFailOnError(true)
                        .verbosity(VerboseMode.SILENT);
        if (quick) {
            options.warmupIterations(1)
                    .warmupTime(TimeValue.seconds(1))
                    .measurementIterations(1)
                    .measurementTime(TimeValue.seconds(1));
        }
        System.setProperty("jmh.ignoreLock", "true");
        try {
            return new Runner(options.build()).run();
        } catch (RunnerException failed) {
            throw new IOException(benchmark + " did not run: " + failed.getMessage(), failed);
        }
    }
}
