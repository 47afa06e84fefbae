package dev.freshet.bench;

import dev.freshet.cli.CommandException;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.RuntimeApi;
import dev.freshet.local.host.JavaCommand;
import dev.freshet.local.template.FunctionDefinition;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Cold starts of a function as in Lambda, one new process at a time: the packaged jar under AWS's
 * runtime interface client, with one request waiting. The class path consists of jars only, as the
 * JDK's ahead-of-time cache requires.
 *
 * @see <a href="https://openjdk.org/jeps/514">JEP 514: Ahead-of-Time Command-Line Ergonomics</a>
 */
final class ColdStart {
    private static final String CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";
    private static final Duration LONGEST = Duration.ofSeconds(30);
    private static final long LONGEST_END_SECONDS = 60;

    private final FunctionDefinition function;
    private final Map<String, String> environment;
    private final List<Path> jars;
    private final Path log;
    private final List<String> always;
    private final InstantSource clock;

    /**
     * Creates a measurement.
     *
     * @param environment all environment variables of the function
     * @param jars the packaged functions and the runtime interface client
     * @param log file to which the output of all processes is appended
     * @param always JVM options of every process, in addition to those of Lambda
     */
    ColdStart(
            FunctionDefinition function,
            Map<String, String> environment,
            List<Path> jars,
            Path log,
            List<String> always,
            InstantSource clock) {
        this.function = function;
        this.environment = environment;
        this.jars = List.copyOf(jars);
        this.log = log;
        this.always = List.copyOf(always);
        this.clock = clock;
    }

    /**
     * Durations since the start of the process.
     *
     * @param ready until the process requested its first invocation, that is until its
     *     initialisation was complete
     * @param answered until its first answer arrived
     * @param worked processor time used until then, on all processors, which other load hardly
     *     distorts; zero if the system does not report it
     */
    record Times(Duration ready, Duration answered, Duration worked) {}

    /** Returns the packaged functions and the runtime interface client of a built checkout. */
    static List<Path> packaged(Path home) {
        Path functions = home.resolve("functions/handlers/target/functions.jar");
        Path client = home.resolve("localstack/target/runtime-client");
        if (!Files.exists(functions) || !Files.isDirectory(client)) {
            throw new CommandException(
                    "The packaged functions are missing: run './mvnw -q package -DskipTests'.");
        }
        List<Path> jars = new ArrayList<>(List.of(functions));
        try (var found = Files.newDirectoryStream(client, "*.jar")) {
            found.forEach(jars::add);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jars;
    }

    /**
     * Runs one process from its start to its first answer, and ends it.
     *
     * @param options JVM options of this process, in addition to those of every run
     * @throws CommandException if the answer is not valid for the measurement
     */
    Times run(List<String> options, String event, String requestId) throws InterruptedException {
        try (RuntimeApi api = new RuntimeApi(function.arn())) {
            ProcessBuilder builder = builder(options, api);
            long start = System.nanoTime();
            Process process = started(builder);
            Thread atExit = new Thread(process::destroyForcibly, "end-function");
            Runtime.getRuntime().addShutdownHook(atExit);
            try {
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    process.onExit().join();
                                    api.died("the process ended; its output is in " + log);
                                });
                CompletableFuture<Long> ready =
                        api.initialised().thenApply(first -> System.nanoTime());
                Invocation outcome = invoke(api, event, requestId);
                long answered = System.nanoTime();
                Duration worked = process.info().totalCpuDuration().orElse(Duration.ZERO);
                FirstAnswer.fault(outcome)
                        .ifPresent(
                                fault -> {
                                    throw new CommandException(
                                            "The start is not valid for the measurement: "
                                                    + fault
                                                    + ".");
                                });
                return new Times(
                        Duration.ofNanos(ready.join() - start),
                        Duration.ofNanos(answered - start),
                        worked);
            } finally {
                end(process);
                Runtime.getRuntime().removeShutdownHook(atExit);
            }
        }
    }

    private Invocation invoke(RuntimeApi api, String event, String requestId)
            throws InterruptedException {
        CompletableFuture<Invocation> outcome = new CompletableFuture<>();
        long deadline = clock.millis() + LONGEST.toMillis();
        var pending = new RuntimeApi.Pending(requestId, event, deadline, outcome);
        CompletableFuture<Invocation> failed =
                api.initialised()
                        .thenCompose(
                                first ->
                                        first instanceof Invocation.Failed
                                                ? CompletableFuture.completedFuture(first)
                                                : new CompletableFuture<>());
        Thread offering =
                Thread.ofVirtual()
                        .start(
                                () -> {
                                    try {
                                        api.offer(pending, LONGEST.toMillis());
                                    } catch (InterruptedException over) {
                                        Thread.currentThread().interrupt();
                                    }
                                });
        try {
            return (Invocation)
                    CompletableFuture.anyOf(outcome, failed)
                            .get(LONGEST.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new Invocation.TimedOut(LONGEST.toMillis());
        } catch (ExecutionException e) {
            return new Invocation.Failed("Runtime.Unknown", String.valueOf(e.getCause()));
        } finally {
            offering.interrupt();
        }
    }

    private ProcessBuilder builder(List<String> options, RuntimeApi api) {
        List<String> all = new ArrayList<>(always);
        all.addAll(options);
        ProcessBuilder builder =
                new ProcessBuilder(command(function, jars, all))
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()));
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("AWS_"));
        variables.putAll(environment);
        variables.put("AWS_LAMBDA_RUNTIME_API", api.address());
        variables.put("AWS_LAMBDA_FUNCTION_NAME", function.name());
        variables.put("AWS_LAMBDA_FUNCTION_VERSION", "$LATEST");
        variables.put(
                "AWS_LAMBDA_FUNCTION_MEMORY_SIZE", Integer.toString(function.memoryMegabytes()));
        variables.put("AWS_LAMBDA_INITIALIZATION_TYPE", "on-demand");
        variables.put("LAMBDA_TASK_ROOT", String.valueOf(jars.getFirst().getParent()));
        return builder;
    }

    /**
     * Returns the command of the process with the options that Lambda gives to its JVM: the serial
     * collector, and no second compiler.
     */
    static List<String> command(
            FunctionDefinition function, List<Path> jars, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(JavaCommand.path());
        command.add("-Xmx" + Math.clamp(function.memoryMegabytes() * 4L / 5, 64, 256) + "m");
        command.add("-XX:+UseSerialGC");
        command.add("-XX:TieredStopAtLevel=1");
        command.add("-Daws.cborEnabled=false");
        command.addAll(options);
        command.add("-cp");
        command.add(String.join(File.pathSeparator, jars.stream().map(Path::toString).toList()));
        command.add(CLIENT);
        command.add(function.handler());
        return command;
    }

    private static Process started(ProcessBuilder builder) {
        try {
            return builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Ends the process orderly, so that a training run writes its cache; kills it after a time
     * limit.
     */
    private static void end(Process process) throws InterruptedException {
        process.destroy();
        if (!process.waitFor(LONGEST_END_SECONDS, TimeUnit.SECONDS)) {
            process.destroyForcibly().waitFor();
        }
    }
}
