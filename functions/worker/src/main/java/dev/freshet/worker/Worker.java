package dev.freshet.worker;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.Service;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import dev.freshet.worker.BatchLoop.ConsumerBackoff;
import dev.freshet.worker.StreamReader.StreamNames;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/**
 * The readers of both streams in one process. A worker is created, {@link #start}ed, and {@link
 * #stop}ped once.
 */
final class Worker implements AutoCloseable {
    /** Default failover time in the cloud; renewing a lease costs a write unit each third of it. */
    static final Duration FAILOVER = Duration.ofSeconds(5);

    /** Default failover time on emulators, where write units are free and a person waits. */
    static final Duration FAILOVER_EMULATED = Duration.ofSeconds(1);

    private final Settings settings;
    private final Clients clients;
    private final KclClients kclClients;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<StreamReader> readers = new ArrayList<>();

    /**
     * Checks the settings and connects to the streams and lease tables.
     *
     * @param name unique among the live workers of a stack
     * @param fatal ends the process
     * @throws WorkerRefusal if a setting, a stream or a table is missing
     */
    Worker(Settings settings, String name, RandomGenerator random, Consumer<Error> fatal) {
        check(settings);
        this.settings = settings;
        this.clients = new Clients(settings);
        this.kclClients = KclClients.of(settings);
        StreamConsumers flows = new StreamConsumers(settings);
        ConsumerBackoff backoff = new ConsumerBackoff(stopping, random);
        for (StreamNames kind : StreamNames.values()) {
            StreamReader.Source source = source(kind, name);
            prepare(source);
            Supplier<StreamConsumer> flow =
                    switch (kind) {
                        case EVENTS -> flows::features;
                        case EXAMPLES -> flows::train;
                    };
            readers.add(
                    new StreamReader(
                            source,
                            kclClients,
                            flow,
                            backoff,
                            behind -> flows.behind(kind.behindMetric(), behind),
                            fatal,
                            flows.clock()));
        }
    }

    /** Reads every required setting, so that a missing one is reported at the start. */
    private static void check(Settings settings) {
        settings.stage();
        settings.modelId();
        settings.text(Setting.LEASES);
        settings.text(Setting.EVENTS_STREAM);
        settings.text(Setting.EXAMPLES_STREAM);
        settings.text(Setting.INTERACTIONS_TABLE);
        settings.text(Setting.USERS_TABLE);
        settings.text(Setting.TRENDS_TABLE);
        settings.text(Setting.MODELS_TABLE);
        settings.text(Setting.MODEL_BUCKET);
        settings.text(Setting.QUARANTINE_BUCKET);
        if (settings.region().isEmpty()) {
            throw new WorkerRefusal("AWS_REGION is not set. Set it to the region of the stack.");
        }
    }

    private StreamReader.Source source(StreamNames kind, String name) {
        String stream =
                switch (kind) {
                    case EVENTS -> settings.text(Setting.EVENTS_STREAM);
                    case EXAMPLES -> settings.text(Setting.EXAMPLES_STREAM);
                };
        Duration defaultFailover = emulated() ? FAILOVER_EMULATED : FAILOVER;
        return new StreamReader.Source(
                kind,
                stream,
                kind.table(settings.text(Setting.LEASES)),
                name,
                settings.failover().orElse(defaultFailover),
                settings.find(Setting.READ_FROM).map(Instant::parse));
    }

    private boolean emulated() {
        return settings.endpoint(Service.DYNAMODB).isPresent();
    }

    private void prepare(StreamReader.Source source) {
        LeaseTable table =
                new LeaseTable(
                        clients.dynamoDb(),
                        clients.kinesis(),
                        source.table(),
                        source.stream(),
                        source.beginning().getInitialPositionInStream());
        try {
            clients.kinesis().describeStreamSummary(r -> r.streamName(source.stream()));
        } catch (ResourceNotFoundException absent) {
            throw new WorkerRefusal(
                    "There is no stream "
                            + source.stream()
                            + ". Deploy the stack first, or correct FRESHET_EVENTS_STREAM and"
                            + " FRESHET_EXAMPLES_STREAM.",
                    absent);
        }
        if (!table.exists()) {
            if (!emulated()) {
                throw new WorkerRefusal(
                        "There is no lease table "
                                + source.table()
                                + ". Deploy the stack with -c consumer=worker.");
            }
            table.make();
        }
        table.seed();
    }

    /** Starts both readers. */
    void start() {
        readers.forEach(StreamReader::start);
    }

    /** Returns whether both readers are running. */
    boolean alive() {
        return readers.stream().allMatch(StreamReader::alive);
    }

    /**
     * Stops both readers in parallel.
     *
     * @return whether both checkpointed and gave up their leases in time
     */
    boolean stop(Duration timeout) {
        stopping.countDown();
        return readers.parallelStream()
                .map(reader -> reader.stop(timeout))
                .reduce(true, Boolean::logicalAnd);
    }

    @Override
    public void close() {
        kclClients.close();
        clients.close();
    }

    /**
     * Thrown if the worker cannot start until an operator corrects something; the message is one or
     * two sentences that say what.
     */
    static final class WorkerRefusal extends RuntimeException {
        private static final long serialVersionUID = 1L;

        WorkerRefusal(String sentence) {
            super(sentence);
        }

        WorkerRefusal(String sentence, Throwable cause) {
            super(sentence, cause);
        }
    }
}
