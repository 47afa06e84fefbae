package dev.freshet.worker;

import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.MissingSettingException;
import dev.freshet.worker.Worker.WorkerRefusal;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.core.exception.SdkException;

/**
 * The worker's process. Its exit code is 0 after a clean stop, 1 if the configuration or a missing
 * resource has to be corrected first, 2 for a wrong command line, and 3 after a failure from which
 * the process cannot recover.
 */
public final class Main {
    /** Time for the shards to finish their batches at a stop; the container grants a longer one. */
    static final Duration SHUTDOWN_TIMEOUT = Duration.ofSeconds(25);

    static final int MISCONFIGURED = 1;
    static final int USAGE_ERROR = 2;
    static final int FAILED = 3;

    private static final String WITH_PARENT = "--with-parent";

    private static final String HELP =
            """
            Reads a Freshet stack's two streams in place of the functions features and train.

            Usage: java -cp 'lib/*' dev.freshet.worker.Main [--with-parent]

              --with-parent  stop at the end of standard input
              --help         print this text

            Any number of workers share the shards of 'events'; 'examples' has one shard, so one
            worker trains. On SIGTERM a worker finishes its batches, writes the checkpoints and
            gives up its leases.

            Settings come from the environment: FRESHET_STACK, FRESHET_STAGE, FRESHET_MODEL_ID,
            FRESHET_EVENTS_STREAM, FRESHET_EXAMPLES_STREAM, FRESHET_INTERACTIONS_TABLE,
            FRESHET_EXPOSURES_TABLE, FRESHET_USERS_TABLE, FRESHET_TRENDS_TABLE,
            FRESHET_OUTCOMES_TABLE, FRESHET_MODELS_TABLE, FRESHET_MODEL_BUCKET,
            FRESHET_QUARANTINE_BUCKET, FRESHET_SECRET_ARN, FRESHET_LEASES and, optionally,
            FRESHET_STRENGTHS, FRESHET_READ_FROM and FRESHET_FAILOVER_MS. Region and credentials are
            those of the AWS SDK.

            Exit codes: 0 stopped in order; 1 configuration or resources to be corrected, see the
            message; 2 wrong command line; 3 failed, start it again.
            """;

    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Runs until the process is stopped. */
    public static void main(String[] arguments) {
        List<String> options = List.of(arguments);
        if (options.contains("--help")) {
            System.out.print(HELP);
            return;
        }
        if (!Set.of(WITH_PARENT).containsAll(options)) {
            System.err.println(
                    "There is no option " + options.getFirst() + "; --help lists the options.");
            System.exit(USAGE_ERROR);
        }
        try {
            run(Settings.fromEnvironment(), options.contains(WITH_PARENT));
        } catch (MissingSettingException | WorkerRefusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(MISCONFIGURED);
        } catch (SdkException unreachable) {
            System.err.println(
                    "AWS did not respond; check network, region and credentials: "
                            + unreachable.getMessage());
            System.exit(MISCONFIGURED);
        }
    }

    private static void run(Settings settings, boolean withParent) {
        SecureRandom random = new SecureRandom();
        byte[] id = new byte[8];
        random.nextBytes(id);
        String name = "worker-" + HexFormat.of().formatHex(id);
        Worker worker = new Worker(settings, name, random, Main::halt);
        Runtime.getRuntime()
                .addShutdownHook(
                        Thread.ofPlatform().name("stops").unstarted(() -> stop(worker, name)));
        worker.start();
        System.err.println(name + " reads the streams.");
        if (withParent) {
            Thread.ofPlatform().daemon().name("parent").start(Main::endWithInput);
        }
        while (worker.alive()) {
            try {
                Thread.sleep(1_000);
            } catch (InterruptedException ignored) {
                break;
            }
        }
        if (!STOPPING.get()) {
            System.err.println(
                    name + " failed: reading of a stream has ended; the log above has the cause.");
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /**
     * Stops the worker and halts the process, since the JVM would otherwise exit with the signal's
     * own code.
     */
    private static void stop(Worker worker, String name) {
        STOPPING.set(true);
        boolean clean = worker.stop(SHUTDOWN_TIMEOUT);
        System.err.println(
                name
                        + (clean
                                ? " has stopped in order."
                                : " has stopped; unfinished records will be delivered again."));
        System.err.flush();
        Runtime.getRuntime().halt(clean ? 0 : FAILED);
    }

    private static void endWithInput() {
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            LOG.debug("Standard input is closed", closed);
        }
        System.exit(0);
    }

    private static void halt(Error error) {
        LOG.error("The process ends after an unrecoverable error", error);
        Runtime.getRuntime().halt(FAILED);
    }
}
