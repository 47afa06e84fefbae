package dev.freshet.worker;

import dev.freshet.functions.runtime.MetricName;
import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import dev.freshet.worker.BatchLoop.ConsumerBackoff;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.kinesis.common.ConfigsBuilder;
import software.amazon.kinesis.common.InitialPositionInStream;
import software.amazon.kinesis.common.InitialPositionInStreamExtended;
import software.amazon.kinesis.common.StreamIdentifier;
import software.amazon.kinesis.coordinator.Scheduler;
import software.amazon.kinesis.leases.Lease;
import software.amazon.kinesis.leases.LeaseAssignmentStrategy;
import software.amazon.kinesis.leases.LeaseManagementConfig;
import software.amazon.kinesis.leases.exceptions.LeasingException;
import software.amazon.kinesis.metrics.NullMetricsFactory;
import software.amazon.kinesis.processor.ShardRecordProcessor;
import software.amazon.kinesis.processor.SingleStreamTracker;
import software.amazon.kinesis.retrieval.AggregatorUtil;
import software.amazon.kinesis.retrieval.KinesisClientRecord;
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * The Kinesis Client Library's scheduler for one stream. It divides the shards among the live
 * workers and gives each shard of this worker a {@link ShardWork}.
 *
 * <p>All of its periods derive from the failover time: a lease is renewed three times within it, a
 * worker that fails to renew for that long counts as dead, and the leader, which assigns leases,
 * holds its own lease for three failover times. The shards of a dead worker are therefore
 * reassigned within about five failover times.
 */
final class StreamReader {
    /** Time between two reads of a shard: four reads a second, of the five that Kinesis allows. */
    static final Duration BETWEEN_READS = Duration.ofMillis(250);

    private static final int LEADERSHIP_IN_FAILOVERS = 3;
    private static final int MAX_INITIALIZATION_ATTEMPTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    /**
     * What one reader reads, and as which worker.
     *
     * @param stream name of the stream
     * @param table name of the lease table
     * @param worker name of this worker, unique among the live ones
     * @param from the time from which shards without a lease are read; empty for all records
     */
    record Source(
            StreamNames kind,
            String stream,
            String table,
            String worker,
            Duration failover,
            Optional<Instant> from) {
        /** Returns where shards without a lease are read. */
        InitialPositionInStreamExtended beginning() {
            return from.map(Date::from)
                    .map(InitialPositionInStreamExtended::newInitialPositionAtTimestamp)
                    .orElseGet(
                            () ->
                                    InitialPositionInStreamExtended.newInitialPosition(
                                            InitialPositionInStream.TRIM_HORIZON));
        }
    }

    private final Source source;
    private final Scheduler scheduler;
    private final Thread thread;

    /**
     * Creates a reader; {@link #start} begins to read.
     *
     * @param flows creates the flow of a shard
     * @param behind receives the lag of each shard
     * @param fatal ends the process
     */
    StreamReader(
            Source source,
            KclClients clients,
            Supplier<StreamConsumer> flows,
            ConsumerBackoff backoff,
            Consumer<Duration> behind,
            Consumer<Error> fatal,
            InstantSource clock) {
        this.source = source;
        ConfigsBuilder configs =
                new ConfigsBuilder(
                                new SingleStreamTracker(
                                        StreamIdentifier.singleStreamInstance(source.stream()),
                                        source.beginning()),
                                source.table(),
                                clients.kinesis(),
                                clients.dynamoDb(),
                                clients.cloudWatch(),
                                source.worker(),
                                () -> work(flows, backoff, behind, fatal, clock))
                        .tableName(source.table());
        PollingConfig polling =
                new PollingConfig(source.stream(), clients.kinesis())
                        .maxRecords(source.kind().records())
                        .idleTimeBetweenReadsInMillis(BETWEEN_READS.toMillis());
        scheduler =
                new Scheduler(
                        configs.checkpointConfig(),
                        configs.coordinatorConfig()
                                .maxInitializationAttempts(MAX_INITIALIZATION_ATTEMPTS)
                                .parentShardPollIntervalMillis(1_000)
                                .shardConsumerDispatchPollIntervalMillis(BETWEEN_READS.toMillis()),
                        leases(configs.leaseManagementConfig()),
                        configs.lifecycleConfig().aggregatorUtil(new WholeRecords()),
                        configs.metricsConfig().metricsFactory(new NullMetricsFactory()),
                        configs.processorConfig().callProcessRecordsEvenForEmptyRecordList(true),
                        configs.retrievalConfig().retrievalSpecificConfig(polling));
        thread = Thread.ofPlatform().name("reads " + source.stream()).unstarted(scheduler);
    }

    private LeaseManagementConfig leases(LeaseManagementConfig config) {
        long failover = source.failover().toMillis();
        config.failoverTimeMillis(failover)
                .leaseAssignmentIntervalMillis(failover / 2)
                .leaseAssignmentStrategy(LeaseAssignmentStrategy.LEASE_COUNT_BASED)
                .dynamoDbLockBasedLeaderLeaseDurationInMillis(LEADERSHIP_IN_FAILOVERS * failover)
                .dynamoDbLockBasedLeaderHeartbeatPeriodInMillis(failover);
        config.workerUtilizationAwareAssignmentConfig()
                .inMemoryWorkerMetricsCaptureFrequencyMillis(failover / 4)
                .workerMetricsReporterFreqInMillis(failover / 2);
        return config;
    }

    private ShardRecordProcessor work(
            Supplier<StreamConsumer> flows,
            ConsumerBackoff backoff,
            Consumer<Duration> behind,
            Consumer<Error> fatal,
            InstantSource clock) {
        return new ShardWork(
                source.stream(),
                shard ->
                        new BatchLoop(
                                flows.get(),
                                backoff,
                                () -> !backoff.stopped() && holds(shard),
                                behind,
                                clock),
                behind,
                fatal,
                clock);
    }

    private boolean holds(String shard) {
        return scheduler.leaseCoordinator().getCurrentlyHeldLease(shard) != null;
    }

    /** Begins to read. */
    void start() {
        thread.start();
    }

    /** Returns whether the reader is running. */
    boolean alive() {
        return thread.isAlive();
    }

    /**
     * Stops the reader: lets each shard finish its batch, checkpoints it and gives up its leases,
     * so that another worker takes them at its next look instead of after the failover time.
     *
     * @return whether all shards stopped within the timeout
     */
    boolean stop(Duration timeout) {
        List<Lease> held = new ArrayList<>(scheduler.leaseCoordinator().getAssignments());
        boolean clean = false;
        try {
            clean =
                    scheduler
                            .startGracefulShutdown()
                            .get(timeout.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException incomplete) {
            LOG.warn("Reading of {} did not stop in time", source.stream(), incomplete);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
        for (Lease lease : held) {
            try {
                scheduler.leaseCoordinator().leaseRefresher().evictLease(lease);
            } catch (LeasingException keptUntilItExpires) {
                LOG.warn(
                        "The lease {} could not be given up; it expires by itself",
                        lease.leaseKey(),
                        keptUntilItExpires);
            }
        }
        return clean;
    }

    /** The two streams that a worker reads, with batch size and lag metric. */
    enum StreamNames {
        EVENTS(200, MetricName.FEATURES_BEHIND_MS),
        EXAMPLES(1_000, MetricName.TRAIN_BEHIND_MS);

        private final int records;
        private final MetricName behindMetric;

        StreamNames(int records, MetricName behindMetric) {
            this.records = records;
            this.behindMetric = behindMetric;
        }

        /**
         * Returns the maximum number of records of a batch, equal to that of the event source
         * mappings.
         */
        int records() {
            return records;
        }

        /** Returns the metric of the lag behind the stream. */
        MetricName behindMetric() {
            return behindMetric;
        }

        /** Returns the name of the lease table. */
        String table(String prefix) {
            return prefix + "-" + name().toLowerCase(Locale.ROOT);
        }
    }

    /**
     * Deaggregation that leaves records as the stream holds them. Freshet writes no aggregated
     * records (those of the Kinesis Producer Library, which contain several); a record that looks
     * like one is quarantined whole, as in the Lambda functions, since two parts under one sequence
     * number would pass for one record delivered twice.
     */
    static final class WholeRecords extends AggregatorUtil {
        @Override
        public List<KinesisClientRecord> deaggregate(List<KinesisClientRecord> records) {
            return records;
        }

        @Override
        public List<KinesisClientRecord> deaggregate(
                List<KinesisClientRecord> records, String startingHashKey, String endingHashKey) {
            return records;
        }

        @Override
        public List<KinesisClientRecord> deaggregate(
                List<KinesisClientRecord> records,
                BigInteger startingHashKey,
                BigInteger endingHashKey) {
            return records;
        }
    }
}
