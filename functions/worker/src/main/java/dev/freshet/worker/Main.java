package dev.freshet.worker;

import dev.freshet.aws.MissingSettingException;
import dev.freshet.aws.Settings;
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
 * The worker's process. Ends with 0 after an orderly stop, 1 when something has to be put right
 * first, 2 when it was called wrongly, 3 when it could not go on.
 */
public final class Main {
    /** For the shards to finish what they are at; the container is given more. */
    static final Duration PATIENCE = Duration.ofSeconds(25);

    static final int REFUSED = 1;
    static final int CALLED_WRONGLY = 2;
    static final int BROKEN = 3;

    private static final String WITH_PARENT = "--with-parent";

    private static final String HELP =
            """
            Reads a Freshet stack's two streams, in place of the functions features and train.

            Usage: java -cp 'lib/*' dev.freshet.worker.Main [--with-parent]

              --with-parent  end when standard input does
              --help         this text

            Any number of workers share the shards of 'events'; 'examples' has one, so one of them
            trains. SIGTERM finishes what is under way, marks it, and gives the leases up.

            Settings come from the environment: FRESHET_STAGE, FRESHET_MODEL_ID,
            FRESHET_EVENTS_STREAM, FRESHET_EXAMPLES_STREAM, FRESHET_INTERACTIONS_TABLE,
            FRESHET_USERS_TABLE, FRESHET_TRENDS_TABLE, FRESHET_MODELS_TABLE, FRESHET_MODEL_BUCKET,
            FRESHET_QUARANTINE_BUCKET, FRESHET_SECRET_ARN, FRESHET_LEASES, and if wanted
            FRESHET_STRENGTHS and FRESHET_FAILOVER_MS; region and credentials as for any AWS SDK.

            Exit codes: 0 stopped in order, 1 something has to be put right, 2 called wrongly,
            3 could not go on: start it again.
            """;

    private static final AtomicBoolean STOPPING = new AtomicBoolean();

    private static final Logger LOG = LoggerFactory.getLogger(Main.class);

    private Main() {}

    /** Runs until it is told to stop. */
    public static void main(String[] arguments) {
        List<String> given = List.of(arguments);
        if (given.contains("--help")) {
            System.out.print(HELP);
            return;
        }
        if (!Set.of(WITH_PARENT).containsAll(given)) {
            System.err.println("There is no option " + given.getFirst() + "; see --help.");
            System.exit(CALLED_WRONGLY);
        }
        try {
            run(Settings.fromEnvironment(), given.contains(WITH_PARENT));
        } catch (MissingSettingException | WorkerRefusal refusal) {
            System.err.println(refusal.getMessage());
            System.exit(REFUSED);
        } catch (SdkException unreachable) {
            System.err.println("AWS does not answer: " + unreachable.getMessage());
            System.exit(REFUSED);
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
            System.err.println(name + " cannot go on: a reader has ended; see the log above.");
            Runtime.getRuntime().halt(BROKEN);
        }
    }

    /** The JVM ends with the signal's own code unless told otherwise, so this tells it. */
    private static void stop(Worker worker, String name) {
        STOPPING.set(true);
        boolean clean = worker.stop(PATIENCE);
        System.err.println(
                name
                        + (clean
                                ? " has stopped in order."
                                : " has stopped; what was open comes again."));
        System.err.flush();
        Runtime.getRuntime().halt(clean ? 0 : BROKEN);
    }

    private static void endWithInput() {
        try (InputStream in = System.in) {
            in.transferTo(OutputStream.nullOutputStream());
        } catch (IOException closed) {
            LOG.debug("Standard input is closed", closed);
        }
        System.exit(0);
    }

    private static void halt(Error unbearable) {
        LOG.error("This process cannot go on", unbearable);
        Runtime.getRuntime().halt(BROKEN);
    }
}
