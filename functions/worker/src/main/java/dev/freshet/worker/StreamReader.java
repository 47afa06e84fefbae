package dev.freshet.worker;

import dev.freshet.functions.runtime.StreamConsumers.StreamConsumer;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
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
import software.amazon.kinesis.retrieval.polling.PollingConfig;

/**
 * The library's scheduler over one stream: it shares the shards out among the workers that live,
 * and gives each of ours a {@link ShardWork}.
 *
 * <p>All of its periods follow from one, the failover: a lease is renewed three times within it, a
 * worker that has not done so is dead, and the leader (who gives leases out) is one of three
 * failovers. So a dead worker's shards are another's within about five failovers.
 */
final class StreamReader {
    /** Reads of a shard lie so far apart: four a second of the five that a shard gives. */
    static final Duration BETWEEN_READS = Duration.ofMillis(250);

    private static final int LEADERSHIP_IN_FAILOVERS = 3;
    private static final int MOST_STARTS = 5;

    private static final Logger LOG = LoggerFactory.getLogger(StreamReader.class);

    /**
     * What a reader is about.
     *
     * @param stream its name
     * @param table of its leases
     * @param worker this worker's name; no two living ones share one
     */
    record Source(
            StreamNames kind, String stream, String table, String worker, Duration failover) {}

    private final Source source;
    private final Scheduler scheduler;
    private final Thread thread;

    /**
     * A reader that does not read yet.
     *
     * @param flows makes the flow of a shard
     * @param behind takes how far a shard is behind
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
                                        InitialPositionInStreamExtended.newInitialPosition(
                                                InitialPositionInStream.TRIM_HORIZON)),
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
                                .maxInitializationAttempts(MOST_STARTS)
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

    void start() {
        thread.start();
    }

    /** Whether it reads, or is about to. */
    boolean alive() {
        return thread.isAlive();
    }

    /**
     * Lets each shard finish what it is at, marks it, and gives the leases up, so that another
     * worker takes them at its next look instead of after the failover.
     *
     * @return whether all went well within the time given
     */
    boolean stop(Duration patience) {
        List<Lease> held = new ArrayList<>(scheduler.leaseCoordinator().getAssignments());
        boolean clean = false;
        try {
            clean =
                    scheduler
                            .startGracefulShutdown()
                            .get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException | ExecutionException | CancellationException unclean) {
            LOG.warn("{} was not left in order", source.stream(), unclean);
        } catch (InterruptedException hurried) {
            Thread.currentThread().interrupt();
        }
        for (Lease lease : held) {
            try {
                scheduler.leaseCoordinator().leaseRefresher().evictLease(lease);
            } catch (LeasingException keptUntilItExpires) {
                LOG.warn("{} is not given up", lease.leaseKey(), keptUntilItExpires);
            }
        }
        return clean;
    }
}
