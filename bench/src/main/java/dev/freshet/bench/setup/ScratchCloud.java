package dev.freshet.bench.setup;

import dev.freshet.cli.Checkout;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.Books;
import dev.freshet.demo.DemoRun;
import dev.freshet.demo.DemoSummary;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.function.Invocation;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.time.InstantSource;
import java.util.function.Consumer;

/**
 * A local cloud of a bench's own, on a free port; what it kept is deleted when it closes. Keys are
 * asked for as ever, but the rates of usage plans are left out: what is measured is the system.
 */
public final class ScratchCloud implements AutoCloseable {
    private final Path folder;
    private final LocalCloud cloud;
    private final FreshetClient client;
    private final InstantSource clock;
    private final Thread atExit = new Thread(this::end, "closing");
    private boolean ended;

    /**
     * Starts.
     *
     * @param tell takes one-line notes for people
     */
    public ScratchCloud(InstantSource clock, Consumer<String> tell) {
        this.clock = clock;
        try {
            folder = Files.createTempDirectory("freshet-bench-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        try {
            cloud =
                    LocalCloud.start(
                            Options.of(Checkout.find())
                                    .withState(folder.resolve("state"))
                                    .withPlansLifted(true)
                                    .withMessages(tell));
        } catch (RuntimeException e) {
            delete(folder);
            throw e;
        }
        client = cloud.client();
        Runtime.getRuntime().addShutdownHook(atExit);
    }

    /** The cloud itself. */
    public LocalCloud cloud() {
        return cloud;
    }

    /** Speaks to its API. */
    public FreshetClient client() {
        return client;
    }

    /** A place for files that go with this cloud. */
    public Path folder() {
        return folder;
    }

    /** Lets the demo's readers visit, and waits until all that they did is in the model. */
    public DemoSummary demo(long seed, int seconds, double rate, Progress progress)
            throws InterruptedException {
        String run = "bench-" + seed + "-" + Long.toString(clock.millis(), 36);
        return new DemoRun(seed, seconds, rate, run, clock)
                .on(client, () -> new Books(cloud.settings(), clock), null, progress::at);
    }

    /** Runs what the clock runs every minute: a snapshot, where the log has grown by enough. */
    public void compact() throws InterruptedException {
        Invocation outcome = cloud.invoke("compact", "{}", Duration.ofSeconds(60));
        if (!(outcome instanceof Invocation.Answer)) {
            throw new CommandException("The model log could not be compacted: " + outcome);
        }
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        end();
    }

    private synchronized void end() {
        if (!ended) {
            ended = true;
            client.close();
            cloud.close();
            delete(folder);
        }
    }

    private static void delete(Path tree) {
        try {
            Files.walkFileTree(
                    tree,
                    new SimpleFileVisitor<>() {
                        @Override
                        public FileVisitResult visitFile(Path file, BasicFileAttributes about)
                                throws IOException {
                            Files.delete(file);
                            return FileVisitResult.CONTINUE;
                        }

                        @Override
                        public FileVisitResult postVisitDirectory(Path dir, IOException problem)
                                throws IOException {
                            Files.delete(dir);
                            return FileVisitResult.CONTINUE;
                        }
                    });
        } catch (IOException e) {
            throw new UncheckedIOException("what the bench kept is not deleted", e);
        }
    }
}
