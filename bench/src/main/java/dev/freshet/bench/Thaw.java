package dev.freshet.bench;

import dev.freshet.bench.function.FunctionPackage;
import dev.freshet.bench.function.FunctionProcess;
import dev.freshet.bench.function.Relay;
import dev.freshet.bench.function.TlsIdentity;
import dev.freshet.bench.setup.ScratchCloud;
import dev.freshet.cli.CommandException;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.function.LambdaJvm;
import dev.freshet.local.template.FunctionDefinition;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.LongConsumer;

/**
 * First requests after a freeze: processes of a function are stopped as Lambda freezes them between
 * two requests, their connections end meanwhile, new versions of the model appear, and each process
 * goes on with one request. Stores are reached by TLS and with a delay, and so within the time
 * limits of real ones.
 */
final class Thaw implements AutoCloseable {
    private static final Duration MOST = Duration.ofSeconds(20);
    private static final int MAX_FIRST_REQUESTS = 100;

    /** The environment variables with the endpoints of the stores. */
    private static final List<String> STORES =
            List.of("AWS_ENDPOINT_URL_DYNAMODB", "AWS_ENDPOINT_URL_S3");

    private final Deque<AutoCloseable> opened = new ArrayDeque<>();
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

    /** Makes the event of a request. */
    interface Events {
        /** Returns an event with a request id. */
        String event(String requestId);
    }

    /** Creates an instance without processes. */
    Thaw(InstantSource clock) {
        this.clock = clock;
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
            Events events)
            throws InterruptedException, IOException {
        TlsIdentity identity = TlsIdentity.make(scratch.folder());
        Map<String, String> environment = scratch.cloud().environmentOf(function.name());
        Map<String, URI> stores = new HashMap<>();
        for (String store : STORES) {
            URI target = URI.create(Objects.requireNonNull(environment.get(store)));
            Relay tls = open(new Relay(identity.serverSocket(), target, Duration.ZERO));
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
                        Relay relay = open(Relay.plain(target, delay));
                        relays.add(relay);
                        own.put(store, relay.uri("https").toString());
                    });
            Path log = scratch.folder().resolve("thaw-" + i + ".log");
            FunctionProcess process =
                    open(
                            FunctionProcess.start(
                                    new FunctionProcess.Setup(function, code, own, log),
                                    LambdaJvm.Initialisation.ON_DEMAND,
                                    identity.trust(),
                                    clock));
            processes.add(new Frozen(process, relays));
            awaitGoodAnswer(process, i, events);
        }
    }

    /**
     * Sends requests until one is answered well: a process that has just started answers slowly.
     *
     * @throws CommandException if none of {@value #MAX_FIRST_REQUESTS} is
     */
    private static void awaitGoodAnswer(FunctionProcess process, int number, Events events)
            throws InterruptedException {
        Optional<String> fault = Optional.of("there was no request");
        for (int request = 0; fault.isPresent() && request < MAX_FIRST_REQUESTS; request++) {
            String id = "first-" + number + "-" + request;
            fault = FirstAnswer.fault(process.invoke(events.event(id), id, MOST));
        }
        fault.ifPresent(Thaw::refuse);
    }

    private static void refuse(String fault) {
        throw new CommandException(
                "A first answer is not valid for the measurement: " + fault + ".");
    }

    /**
     * Freezes all processes once, and sends one request to each, one after the other.
     *
     * @param stopped how long they are frozen at least
     * @param meanwhile run while they are frozen
     * @param done receives the number of answers so far
     */
    List<Answer> freeze(Duration stopped, Meanwhile meanwhile, Events events, LongConsumer done)
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
            String event = events.event(id);
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

    private <T extends AutoCloseable> T open(T part) {
        opened.push(part);
        return part;
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
        while (!opened.isEmpty()) {
            try {
                opened.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
