package dev.freshet.local.function;

import dev.freshet.local.emulator.Child;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sandbox that runs the packaged jar in a process under AWS's runtime interface client, as Lambda
 * does.
 */
public final class RuntimeSandbox implements Sandbox {

    /**
     * Time limit of the initialisation: longer than Lambda's 10 s, because all functions start at
     * once here.
     */
    private static final long INIT_SECONDS = 60;

    private final RuntimeApi api;
    private final Child process;
    private final InstantSource clock;
    private volatile boolean healthy = true;

    private RuntimeSandbox(RuntimeApi api, Child process, InstantSource clock) {
        this.api = api;
        this.process = process;
        this.clock = clock;
        Thread.ofVirtual()
                .name("await-end-" + process.name())
                .start(
                        () -> {
                            process.awaitEnd();
                            healthy = false;
                            api.died(process.name() + " ended: " + process.lastOutput());
                        });
    }

    /**
     * Location of the packaged code.
     *
     * @param taskRoot folder that contains the code
     * @param classPath the functions' jar, the runtime interface client's jars and the classes that
     *     contain {@link LambdaJvm}
     */
    public record Packaged(Path taskRoot, String classPath) {}

    /**
     * Starts a process and waits until it requests its first invocation.
     *
     * @param environment all environment variables of the function
     * @throws IllegalStateException if it does not initialise
     */
    public static RuntimeSandbox start(
            FunctionDefinition function,
            Map<String, String> environment,
            Packaged code,
            Path log,
            InstantSource clock) {
        RuntimeApi api = new RuntimeApi(function.arn());
        Map<String, String> variables = new HashMap<>(environment);
        variables.putAll(
                LambdaJvm.variables(
                        function,
                        LambdaJvm.Initialisation.ON_DEMAND,
                        api.address(),
                        code.taskRoot().toString()));
        variables.put("AWS_REGION", Arns.REGION);
        Child process = Child.start(function.name(), command(function, code, log), variables, log);
        RuntimeSandbox sandbox = new RuntimeSandbox(api, process, clock);
        sandbox.awaitInitialised();
        return sandbox;
    }

    private static List<String> command(FunctionDefinition function, Packaged code, Path log) {
        int heap = Math.clamp(function.memoryMegabytes() * 4L / 5, 64, 256);
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Child.java(),
                                "-Xmx" + heap + "m",
                                "-XX:ErrorFile=" + log.resolveSibling("jvm-crash-%p.log"),
                                "--enable-native-access=ALL-UNNAMED",
                                "--sun-misc-unsafe-memory-access=allow",
                                "-Daws.cborEnabled=false"));
        command.addAll(LambdaJvm.options(function));
        command.addAll(LambdaJvm.nativeClient(log.resolveSibling("")));
        command.addAll(
                List.of("-cp", code.classPath(), LambdaJvm.class.getName(), function.handler()));
        return command;
    }

    private void awaitInitialised() {
        try {
            Invocation first = api.initialised().get(INIT_SECONDS, TimeUnit.SECONDS);
            if (first instanceof Invocation.Failed failed) {
                close();
                throw new IllegalStateException(failed.line() + " (see " + process.log() + ")");
            }
        } catch (TimeoutException | ExecutionException e) {
            close();
            throw new IllegalStateException(
                    "%s did not initialise within %d s (see %s)"
                            .formatted(process.name(), INIT_SECONDS, process.log()),
                    e);
        } catch (InterruptedException e) {
            close();
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }

    @Override
    public Invocation invoke(String payload, String requestId, Duration limit)
            throws InterruptedException {
        long deadline = clock.millis() + limit.toMillis();
        var pending =
                new RuntimeApi.Pending(requestId, payload, deadline, new CompletableFuture<>());
        try {
            if (!api.offer(pending, limit.toMillis())) {
                return timedOut(limit);
            }
            return pending.outcome()
                    .get(Math.max(1, deadline - clock.millis()), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return timedOut(limit);
        } catch (ExecutionException e) {
            return new Invocation.Failed("Runtime.Unknown", String.valueOf(e.getCause()));
        }
    }

    private Invocation timedOut(Duration limit) {
        healthy = false;
        return new Invocation.TimedOut(limit.toMillis());
    }

    @Override
    public boolean healthy() {
        return healthy && process.alive();
    }

    /** Returns the process, for the status. */
    public Child process() {
        return process;
    }

    @Override
    public void close() {
        healthy = false;
        process.close();
        api.close();
    }
}
