package dev.freshet.local;

import com.amazonaws.services.lambda.runtime.RequestStreamHandler;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Settings;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.local.Options.Switch;
import dev.freshet.local.emulator.Child;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.function.FunctionLog;
import dev.freshet.local.function.InProcessSandbox;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LocalFunction;
import dev.freshet.local.function.RuntimeSandbox;
import dev.freshet.local.function.Sandbox;
import dev.freshet.local.host.LocalCloudException;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

/** All functions of the template, each run in this process or in processes of its own. */
final class LocalFunctions implements AutoCloseable {

    /** Maximum number of sandboxes of a function in this process; they share its heap. */
    private static final int IN_PROCESS_BOUND = 4;

    /** Class path of the embedder layer for the functions that use it. */
    private static final String LAYER = "functions/embedding/target/layer/java/lib";

    /** Maximum number of processes of a function. */
    private static final int RUNTIME_BOUND = 2;

    private final Map<String, LocalFunction> functions = new LinkedHashMap<>();
    private final List<RuntimeSandbox> processes = new CopyOnWriteArrayList<>();
    private final ExecutorService threads =
            Executors.newCachedThreadPool(
                    Thread.ofPlatform().daemon().name("function-", 0).factory());
    private final LocalEnvironment environment;
    private final FunctionLog log;
    private final Path logs;

    LocalFunctions(
            Cloud cloud,
            Options options,
            LocalEnvironment environment,
            Path logs,
            Supplier<String> ids) {
        this.environment = environment;
        this.logs = logs;
        this.log = new FunctionLog(logs.resolve("functions.log"));
        FunctionLog.captureOutput();
        for (FunctionDefinition function : cloud.functions()) {
            Supplier<Sandbox> sandboxes =
                    options.has(Switch.PROCESSES)
                            ? processes(function, packaged(options.home()), options.clock())
                            : () -> inProcess(function, options.clock());
            int bound = options.has(Switch.PROCESSES) ? RUNTIME_BOUND : IN_PROCESS_BOUND;
            functions.put(
                    function.name(),
                    new LocalFunction(function, sandboxes, bound, ids, options.messages()));
        }
    }

    private Sandbox inProcess(FunctionDefinition function, InstantSource clock) {
        Wiring wiring = new Wiring(Settings.from(environment.of(function)), clock);
        try {
            Object handler =
                    log.within(
                            () ->
                                    Class.forName(function.handler())
                                            .getConstructor(Wiring.class)
                                            .newInstance(wiring));
            return new InProcessSandbox(function, (RequestStreamHandler) handler, threads, log);
        } catch (InvocationTargetException e) {
            Throwable cause = e.getCause() == null ? e : e.getCause();
            log.log(function.name() + " did not initialise: " + cause);
            throw new IllegalStateException(
                    function.name() + " did not initialise: " + cause, cause);
        } catch (ReflectiveOperationException | ClassCastException e) {
            throw new LocalCloudException(
                    ("The handler %s of the template is not in this build (%s):"
                                    + " run './mvnw -q package -DskipTests'.")
                            .formatted(function.handler(), e),
                    e);
        }
    }

    private Supplier<Sandbox> processes(
            FunctionDefinition function, RuntimeSandbox.Packaged code, InstantSource clock) {
        AtomicInteger number = new AtomicInteger();
        return () -> {
            Path file =
                    logs.resolve(
                            function.name()
                                    + "-"
                                    + number.getAndIncrement() % RUNTIME_BOUND
                                    + ".log");
            RuntimeSandbox sandbox =
                    RuntimeSandbox.start(function, environment.of(function), code, file, clock);
            processes.removeIf(process -> !process.healthy());
            processes.add(sandbox);
            return sandbox;
        };
    }

    private static RuntimeSandbox.Packaged packaged(Path home) {
        Path jar = home.resolve("functions/handlers/target/functions.jar");
        Path client = home.resolve("localstack/target/runtime-client");
        if (!Files.exists(jar) || !Files.isDirectory(client)) {
            throw new LocalCloudException(
                    "The packaged functions are missing: run './mvnw -q package -DskipTests'.");
        }
        String classPath =
                String.join(
                        File.pathSeparator,
                        jar.toString(),
                        home.resolve(LAYER) + "/*",
                        client + "/*",
                        Emulators.ownClasses().toString());
        return new RuntimeSandbox.Packaged(jar.resolveSibling(""), classPath);
    }

    /**
     * Starts the first sandbox of every function, all in parallel.
     *
     * @throws LocalCloudException if one does not start
     */
    void warm() throws InterruptedException {
        List<CompletableFuture<Void>> starting =
                functions.values().stream()
                        .map(function -> CompletableFuture.runAsync(function::warm, threads))
                        .toList();
        try {
            CompletableFuture.allOf(starting.toArray(CompletableFuture[]::new)).get();
        } catch (ExecutionException e) {
            Throwable cause = Objects.requireNonNullElse(e.getCause(), e);
            throw cause instanceof LocalCloudException known
                    ? known
                    : new LocalCloudException(
                            "A function did not start: %s; see %s."
                                    .formatted(cause.getMessage(), logs),
                            cause);
        }
    }

    /** Replaces all sandboxes, once what they do is done. */
    void replace() throws InterruptedException {
        for (LocalFunction function : functions.values()) {
            function.replace();
        }
    }

    Map<String, LocalFunction> byName() {
        return functions;
    }

    /**
     * Returns a function by its name.
     *
     * @throws LocalCloudException if the template has none
     */
    LocalFunction named(String name) {
        LocalFunction function = functions.get(name);
        if (function == null) {
            throw new LocalCloudException("The template has no function '" + name + "'.");
        }
        return function;
    }

    Invocation invoke(String name, String payload, Duration limit) throws InterruptedException {
        LocalFunction function = functions.get(name);
        if (function == null) {
            return new Invocation.Failed(
                    "Runtime.NoFunction", "the template has no function " + name);
        }
        return function.invoke(payload, limit);
    }

    List<Child> children() {
        return processes.stream()
                .filter(RuntimeSandbox::healthy)
                .map(RuntimeSandbox::process)
                .toList();
    }

    ObjectNode status(ObjectNode into) {
        functions.forEach((name, function) -> into.set(name, function.status()));
        return into;
    }

    /** Returns how many invocations of a function failed or took too long; 0 without it. */
    long errors(String name) {
        return status(JsonNodeFactory.instance.objectNode()).path(name).path("errors").asLong();
    }

    @Override
    public void close() {
        functions.values().parallelStream().forEach(LocalFunction::close);
        threads.shutdownNow();
        log.close();
    }
}
