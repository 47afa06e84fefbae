package dev.freshet.bench.function;

import dev.freshet.console.CommandException;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LambdaJvm;
import dev.freshet.local.function.RuntimeApi;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
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
import java.util.stream.Stream;

/**
 * One process of a packaged function under AWS's runtime interface client, with the options that
 * Lambda gives its JVM. No process outlives this one.
 */
public final class FunctionProcess implements AutoCloseable {
    private static final long MAX_END_SECONDS = 60;

    /** Lambda gives the heap this share of the memory. */
    private static final double HEAP_SHARE = 0.85;

    private final RuntimeApi api;
    private final Process process;
    private final Thread atExit;
    private final InstantSource clock;
    private final long startNanos;

    /**
     * What to start.
     *
     * @param environment all environment variables of the function
     * @param log file to which the output is appended
     * @param options JVM options in addition to those of Lambda
     */
    public record Setup(
            FunctionDefinition function,
            FunctionPackage code,
            Map<String, String> environment,
            Path log,
            List<String> options) {
        public Setup {
            environment = Map.copyOf(environment);
            options = List.copyOf(options);
        }

        /** Returns the same with more options of the JVM. */
        public Setup with(String... more) {
            return new Setup(
                    function,
                    code,
                    environment,
                    log,
                    Stream.concat(options.stream(), Stream.of(more)).toList());
        }
    }

    private FunctionProcess(
            RuntimeApi api, Process process, String log, InstantSource clock, long startNanos) {
        this.api = api;
        this.process = process;
        this.clock = clock;
        this.startNanos = startNanos;
        this.atExit = new Thread(process::destroyForcibly, "end-function");
        Runtime.getRuntime().addShutdownHook(atExit);
        var _ =
                process.onExit()
                        .thenRun(() -> api.died("the process ended; its output is in " + log));
    }

    /**
     * Starts a process, by SnapStart where the function has it, and does not wait for its
     * initialisation.
     */
    public static FunctionProcess start(Setup setup, InstantSource clock) {
        RuntimeApi api = new RuntimeApi(setup.function().arn());
        ProcessBuilder builder =
                new ProcessBuilder(command(setup.function(), setup.code(), setup.options()))
                        .directory(setup.code().taskRoot().toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.appendTo(setup.log().toFile()));
        Map<String, String> variables = builder.environment();
        variables.keySet().removeIf(name -> name.startsWith("AWS_"));
        variables.putAll(setup.environment());
        variables.putAll(
                LambdaJvm.variables(
                        setup.function(),
                        setup.function().snapStart()
                                ? LambdaJvm.Initialisation.SNAP_START
                                : LambdaJvm.Initialisation.ON_DEMAND,
                        api.address(),
                        setup.code().taskRoot().toString()));
        long start = System.nanoTime();
        try {
            return new FunctionProcess(api, builder.start(), setup.log().toString(), clock, start);
        } catch (IOException e) {
            api.close();
            throw new UncheckedIOException(e);
        }
    }

    static List<String> command(
            FunctionDefinition function, FunctionPackage code, List<String> options) {
        List<String> command = new ArrayList<>();
        command.add(Child.java());
        command.add("-Xmx" + Math.round(function.memoryMegabytes() * HEAP_SHARE) + "m");
        command.addAll(LambdaJvm.options(function));
        command.add("-Daws.cborEnabled=false");
        command.addAll(options);
        command.add("-cp");
        command.add(code.classPathText());
        command.add(LambdaJvm.CLIENT);
        command.add(function.handler());
        return command;
    }

    /** Returns the server that the process asks for invocations. */
    public RuntimeApi api() {
        return api;
    }

    /** Returns when the process was started, as {@link System#nanoTime} counts. */
    public long startNanos() {
        return startNanos;
    }

    /**
     * Returns the processor time used so far, on all processors; zero if the system does not report
     * it.
     */
    public Duration processorTime() {
        return process.info().totalCpuDuration().orElse(Duration.ZERO);
    }

    /**
     * Waits until a process that starts by SnapStart is ready for its snapshot.
     *
     * @throws CommandException if it fails, or takes longer
     */
    public void awaitSnapshot(Duration limit) throws InterruptedException {
        Invocation ready = first(api.snapshotReady(), limit);
        if (!(ready instanceof Invocation.Answer)) {
            throw new CommandException("The function did not get ready for a snapshot: " + ready);
        }
    }

    /**
     * Invokes the function once; the invocation waits while the process initialises. An
     * initialisation that fails is the outcome, and so is the end of the process.
     */
    public Invocation invoke(String event, String requestId, Duration limit)
            throws InterruptedException {
        long deadline = clock.millis() + limit.toMillis();
        Invocation ready = first(api.initialised(), limit);
        if (!(ready instanceof Invocation.Answer)) {
            return ready;
        }
        var pending = new RuntimeApi.Pending(requestId, event, deadline, new CompletableFuture<>());
        Duration left = Duration.ofMillis(Math.max(1, deadline - clock.millis()));
        return api.offer(pending, left.toMillis())
                ? first(pending.outcome(), left)
                : new Invocation.TimedOut(limit.toMillis());
    }

    private static Invocation first(CompletableFuture<Invocation> outcome, Duration limit)
            throws InterruptedException {
        try {
            return outcome.get(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException late) {
            return new Invocation.TimedOut(limit.toMillis());
        } catch (ExecutionException e) {
            return new Invocation.Failed("Runtime.Unknown", String.valueOf(e.getCause()));
        }
    }

    /**
     * Ends the process in order, so that a training run writes its cache; kills it after a time
     * limit.
     */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(MAX_END_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (InterruptedException stopped) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
        Runtime.getRuntime().removeShutdownHook(atExit);
        api.close();
    }
}
