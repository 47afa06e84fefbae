package dev.freshet.local;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Local clouds of tests, with the synthesized template.
 *
 * <p>Those that need no options of their own share one, which the first of them starts and which
 * ends with the process: they use ids of their own and change nothing that holds for all, but for
 * its {@link #CLOCK}.
 */
public final class TestCloud {
    /** The checkout. */
    public static final Path HOME = Path.of("..").toAbsolutePath().normalize();

    /** The clock of the shared cloud. */
    public static final SteeredClock CLOCK = new SteeredClock();

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private TestCloud() {}

    /** The system's clock, ahead of it by as much as tests advanced it, or stopped for a while. */
    public static final class SteeredClock implements InstantSource {
        private volatile Duration ahead = Duration.ZERO;
        private volatile @Nullable Instant stopped;

        @Override
        public Instant instant() {
            Instant at = stopped;
            return at == null ? Instant.now().plus(ahead) : at;
        }

        public void advance(Duration time) {
            ahead = ahead.plus(time);
        }

        public void stop() {
            stopped = instant();
        }

        public void start() {
            stopped = null;
        }
    }

    private static final class Shared {
        private static final LocalCloud CLOUD = start();

        private static LocalCloud start() {
            String fork = System.getProperty("freshet.fork", "1");
            LocalCloud cloud =
                    LocalCloud.start(
                            options(Path.of("target", "shared-cloud-" + fork))
                                    .with(Options.Switch.FRESH)
                                    .withClock(CLOCK)
                                    .withMessages(line -> {}));
            Runtime.getRuntime().addShutdownHook(new Thread(cloud::close));
            return cloud;
        }
    }

    /** Returns the default options, with a state folder. */
    public static Options options(Path state) {
        return Options.of(HOME).withState(state);
    }

    /** Returns the shared cloud, which nobody closes. */
    public static LocalCloud shared() {
        return Shared.CLOUD;
    }

    /** Waits until a condition holds, for a minute at most. */
    public static void await(Callable<Boolean> condition) throws InterruptedException {
        await(PATIENCE, condition, Boolean::booleanValue);
    }

    /**
     * Looks again and again until what is seen is right, for a while at most; returns what is seen.
     */
    public static <T> T await(Duration limit, Callable<T> look, Predicate<T> right)
            throws InterruptedException {
        long end = System.nanoTime() + limit.toNanos();
        try {
            while (true) {
                T seen = look.call();
                if (right.test(seen)) {
                    return seen;
                }
                if (System.nanoTime() > end) {
                    throw new AssertionError("not within " + limit + "; last: " + seen);
                }
                Thread.sleep(50);
            }
        } catch (InterruptedException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
