package dev.freshet.emulated;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.local.MiniStack;
import dev.freshet.local.Provisioning;
import dev.freshet.local.TestCloud;
import dev.freshet.local.emulator.Emulators;
import dev.freshet.local.host.StateFolder;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.Table;
import dev.freshet.local.template.TemplateReader;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.enhanced.dynamodb.DynamoDbEnhancedClient;

/**
 * The emulators with empty tables, streams and buckets, started once for all tests of a run; the
 * child processes end with it. They are those of the local cloud, or {@link MiniStack} where a run
 * wants it.
 */
final class EmulatedAws {
    static final String EVENTS = "events";
    static final String EXAMPLES = "examples";
    static final String INTERACTIONS = "Interactions";
    static final String EXPOSURES = "Exposures";
    static final String OUTCOMES = "Outcomes";
    static final String EXPERIMENTS = "Experiments";
    static final String USERS = "Users";
    static final String ITEMS = "Items";
    static final String TRENDS = "Trends";
    static final String KEYS = "Keys";
    static final String MODELS = "Models";
    static final String MODEL_BUCKET = "freshet-models";
    static final String QUARANTINE_BUCKET = "freshet-quarantine";

    /** The state of the emulators; each of the processes that run tests at once has its own. */
    static final Path FOLDER =
            Path.of("target", "emulated-" + System.getProperty("freshet.fork", "1"))
                    .toAbsolutePath();

    private EmulatedAws() {}

    private static final class Running {
        static final Settings SETTINGS = start();
        static final Clients CLIENTS = make(new Clients(SETTINGS));

        private static Clients make(Clients clients) {
            Provisioning stores = new Provisioning(clients);
            stores.tables(tables(""));
            try {
                stores.streams(List.of(new Cloud.Stream(EVENTS, 2), new Cloud.Stream(EXAMPLES, 1)));
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new IllegalStateException("interrupted while the emulators started", e);
            }
            stores.bucket(MODEL_BUCKET);
            stores.bucket(QUARANTINE_BUCKET);
            return clients;
        }
    }

    /** Returns the tables of the template, with a prefix before their names. */
    private static List<Table> tables(String prefix) {
        return TemplateReader.read(TestCloud.HOME.resolve("infra/target/cdk.out")).tables().stream()
                .map(
                        table ->
                                new Table(
                                        prefix + table.name(),
                                        table.attributes(),
                                        table.key(),
                                        table.indexes()))
                .toList();
    }

    static Clients clients() {
        if (MiniStack.isWanted()) {
            MiniStack.assumeInstalled();
        }
        return Running.CLIENTS;
    }

    /**
     * Returns settings with the emulators' addresses; the tables exist after the first call of
     * {@link #clients}.
     */
    static Settings settings() {
        return Running.SETTINGS;
    }

    private static Settings start() {
        try {
            StateFolder state = StateFolder.take(FOLDER);
            state.empty();
            if (MiniStack.isWanted()) {
                URI all = MiniStack.start("stores", false).endpoint();
                return settings(all, all, all);
            }
            Emulators emulators = Emulators.start(TestCloud.HOME, state, System.err::println);
            return settings(emulators.dynamodb(), emulators.kinesis(), emulators.s3());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while the emulators started", e);
        }
    }

    private static Settings settings(URI dynamodb, URI kinesis, URI s3) {
        return Settings.from(
                Map.of(
                        "AWS_ENDPOINT_URL_DYNAMODB", dynamodb.toString(),
                        "AWS_ENDPOINT_URL_KINESIS", kinesis.toString(),
                        "AWS_ENDPOINT_URL_S3", s3.toString(),
                        "AWS_REGION", "us-east-1"));
    }

    /** Returns the enhanced client of the tables. */
    static DynamoDbEnhancedClient tables() {
        return clients().enhancedDynamoDb();
    }

    /** Creates the tables of the template, with a prefix before their names. */
    static void makeTables(String prefix) {
        new Provisioning(clients()).tables(tables(prefix));
    }

    /** Creates a stream, in the emulator of the clients. */
    static void makeStream(Clients clients, String name, int shards) throws InterruptedException {
        new Provisioning(clients).streams(List.of(new Cloud.Stream(name, shards)));
    }
}
