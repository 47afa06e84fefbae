package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.bench.function.TlsIdentity;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.CommandException;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LambdaJvm;
import dev.freshet.local.host.OpenedParts;
import dev.freshet.local.template.Cloud.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import java.util.function.UnaryOperator;

/**
 * First requests after a freeze: processes of a function are stopped as Lambda freezes them between
 * two requests, their connections end meanwhile, new versions of the model appear, and each process
 * goes on with one request. Stores are reached by TLS and with a delay, and so within the time
 * limits of real ones.
 */
final class Thaw implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(20);

    /** The time within which a process that starts has to answer well. */
    private static final Duration MAX_START = Duration.ofSeconds(60);

    /** Pause between requests to a process that starts, so that late stores are asked again. */
    private static final Duration BETWEEN_REQUESTS = Duration.ofMillis(200);

    /** The environment variables with the endpoints of the stores. */
    private static final List<String> STORES =
            List.of("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_S3");

    private final OpenedParts opened;
    private final List<Frozen> processes = new ArrayList<>();
    private final InstantSource clock;

    /**
     * The outcome of one request after a freeze.
     *
     * @param fault why the answer is not a good one; empty if it is
     * @param took from the end of the freeze to the answer
     */
    record Answer(Optional<String> fault, Duration took) {}

    private record Frozen(FunctionProcess process, List<Relay> relays) {}

    /**
     * Creates an instance without processes.
     *
     * @param messages receives a line for each part that fails to close
     */
    Thaw(InstantSource clock, Consumer<String> messages) {
        this.clock = clock;
        this.opened = new OpenedParts(messages);
    }

    /**
     * Starts processes, and waits until each has answered one request well.
     *
     * @param delay of the network, in each direction
     * @throws CommandException if a first answer is not valid
     */
    void start(
            ScratchCloud scratch,
            Path home,
            FunctionDefinition function,
            int number,
            Duration delay,
            UnaryOperator<String> events)
            throws InterruptedException, IOException {
        TlsIdentity identity = TlsIdentity.make(scratch.folder());
        Map<String, String> environment = scratch.cloud().environmentOf(function.name());
        Map<String, URI> stores = new HashMap<>();
        for (String store : STORES) {
            URI target = URI.create(Objects.requireNonNull(environment.get(store)));
            Relay tls = opened.open(new Relay(identity.serverSocket(), target, Duration.ZERO));
            stores.put(store, tls.uri("https"));
        }
        FunctionPackage code =
                FunctionPackage.asInLambda(
                        home, Files.createDirectory(scratch.folder().resolve("task")));
        for (int i = 0; i < number; i++) {
            Map<String, String> own = new HashMap<>(environment);
            List<Relay> relays = new ArrayList<>();
            stores.forEach(
                    (store, target) -> {
                        Relay relay = opened.open(Relay.plain(target, delay));
                        relays.add(relay);
                        own.put(store, relay.uri("https").toString());
                    });
            Path log = scratch.folder().resolve("thaw-" + i + ".log");
            FunctionProcess process =
                    opened.open(
                            FunctionProcess.start(
                                    new FunctionProcess.Setup(function, code, own, log),
                                    LambdaJvm.Initialisation.ON_DEMAND,
                                    identity.trust(),
                                    clock));
            add(process, relays, events);
        }
    }

    /**
     * Adds a process, and waits until it has answered one request well.
     *
     * @param relays to the stores of the process; their connections end while it is frozen
     * @throws CommandException if a first answer is not valid
     */
    void add(FunctionProcess process, List<Relay> relays, UnaryOperator<String> events)
            throws InterruptedException {
        awaitGoodAnswer(process, processes.size(), events);
        processes.add(new Frozen(process, relays));
    }

    /**
     * Sends requests until one is answered well: a process that has just started answers slowly.
     *
     * @throws CommandException if the process ends, or does not answer well within {@link
     *     #MAX_START}
     */
    private static void awaitGoodAnswer(
            FunctionProcess process, int number, UnaryOperator<String> events)
            throws InterruptedException {
        long end = System.nanoTime() + MAX_START.toNanos();
        for (int request = 0; ; request++) {
            String id = "first-" + number + "-" + request;
            Invocation outcome = process.invoke(events.apply(id), id, MOST);
            Optional<String> fault = FirstAnswer.fault(outcome);
            if (fault.isEmpty()) {
                return;
            }
            if (outcome instanceof Invocation.Failed || System.nanoTime() > end) {
                throw new CommandException(
                        "A first answer is not valid for the measurement: " + fault.get() + ".");
            }
            Thread.sleep(BETWEEN_REQUESTS);
        }
    }

    /**
     * Freezes all processes once, and sends one request to each, one after the other.
     *
     * @param stopped how long they are frozen at least
     * @param meanwhile run while they are frozen
     * @param done receives the number of answers so far
     */
    List<Answer> freeze(
            Duration stopped, Meanwhile meanwhile, UnaryOperator<String> events, LongConsumer done)
            throws InterruptedException {
        long start = System.nanoTime();
        for (Frozen frozen : processes) {
            frozen.process.freeze();
            frozen.relays.forEach(Relay::cut);
        }
        meanwhile.run();
        Thread.sleep(stopped.minusNanos(System.nanoTime() - start));
        List<Answer> answers = new ArrayList<>();
        for (Frozen frozen : processes) {
            String id = "thawed-" + System.nanoTime();
            String event = events.apply(id);
            long thawed = System.nanoTime();
            frozen.process.thaw();
            Invocation outcome = frozen.process.invoke(event, id, MOST);
            Duration took = Duration.ofNanos(System.nanoTime() - thawed);
            answers.add(new Answer(FirstAnswer.fault(outcome), took));
            done.accept(answers.size());
        }
        return answers;
    }

    /** Work that is done while processes are frozen. */
    interface Meanwhile {
        /** Does the work. */
        void run() throws InterruptedException;
    }

    @Override
    public void close() {
        for (Frozen frozen : processes) {
            try {
                frozen.process.thaw();
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
            }
        }
        opened.close();
    }
}
