package dev.freshet.worker;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Settings;
import dev.freshet.aws.Settings.Service;
import dev.freshet.functions.runtime.StreamConsumers;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;

/** Both readers of one process. Made, {@link #start}ed, and {@link #stop}ped once. */
final class Worker implements AutoCloseable {
    /** The failover in the cloud; renewing a lease costs a write unit each third of it. */
    static final Duration FAILOVER = Duration.ofSeconds(5);

    /** On emulators, where units cost nothing and people wait. */
    static final Duration FAILOVER_EMULATED = Duration.ofSeconds(1);

    private final Settings settings;
    private final Clients clients;
    private final KclClients kclClients;
    private final CountDownLatch stopping = new CountDownLatch(1);
    private final List<StreamReader> readers = new ArrayList<>();

    /**
     * A worker of this environment.
     *
     * @param name no two living workers of a stack share one
     * @param fatal ends the process
     * @throws WorkerRefusal if a stream or a table is not there
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
            Supplier<StreamConsumer> made =
                    switch (kind) {
                        case EVENTS -> flows::features;
                        case EXAMPLES -> flows::train;
                    };
            readers.add(
                    new StreamReader(
                            source,
                            kclClients,
                            made,
                            backoff,
                            behind -> flows.behind(kind.behindMetric(), behind),
                            fatal,
                            flows.clock()));
        }
    }

    /** What the flows would miss only at the first record is missed here. */
    private static void check(Settings settings) {
        settings.stage();
        settings.modelId();
        settings.leases();
        settings.eventsStream();
        settings.examplesStream();
        settings.interactionsTable();
        settings.usersTable();
        settings.trendsTable();
        settings.modelsTable();
        settings.modelBucket();
        settings.quarantineBucket();
        if (settings.region().isEmpty()) {
            throw new WorkerRefusal("AWS_REGION is not set: it names the region of the stack.");
        }
    }

    private StreamReader.Source source(StreamNames kind, String name) {
        String stream =
                switch (kind) {
                    case EVENTS -> settings.eventsStream();
                    case EXAMPLES -> settings.examplesStream();
                };
        Duration usual = emulated() ? FAILOVER_EMULATED : FAILOVER;
        return new StreamReader.Source(
                kind,
                stream,
                kind.table(settings.leases()),
                name,
                settings.failover().orElse(usual));
    }

    private boolean emulated() {
        return settings.endpoint(Service.DYNAMODB).isPresent();
    }

    private void prepare(StreamReader.Source source) {
        LeaseTable table =
                new LeaseTable(
                        clients.dynamoDb(), clients.kinesis(), source.table(), source.stream());
        try {
            clients.kinesis().describeStreamSummary(r -> r.streamName(source.stream()));
        } catch (ResourceNotFoundException absent) {
            throw new WorkerRefusal("There is no stream " + source.stream() + ".", absent);
        }
        if (emulated()) {
            table.make();
        } else if (!table.exists()) {
            throw new WorkerRefusal(
                    "There is no table "
                            + source.table()
                            + " for leases: deploy the stack with -c consumer=worker.");
        }
        table.seed();
    }

    void start() {
        readers.forEach(StreamReader::start);
    }

    /** Whether all readers read. */
    boolean alive() {
        return readers.stream().allMatch(StreamReader::alive);
    }

    /**
     * Stops both readers side by side.
     *
     * @return whether all was marked and given up in order
     */
    boolean stop(Duration patience) {
        stopping.countDown();
        return readers.parallelStream()
                .map(reader -> reader.stop(patience))
                .reduce(true, Boolean::logicalAnd);
    }

    @Override
    public void close() {
        kclClients.close();
        clients.close();
    }
}
