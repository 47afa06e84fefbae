package dev.freshet.functions.runtime;

import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.cloudwatch.CloudWatchMeasurements;
import dev.freshet.aws.cloudwatch.MetricData;
import dev.freshet.insight.CachedValue;
import dev.freshet.insight.ExperimentInsights;
import dev.freshet.insight.ExperimentSeries;
import dev.freshet.insight.Measurements;
import dev.freshet.insight.OutcomeInsights;
import dev.freshet.insight.OverviewInsights;
import dev.freshet.insight.QualityInsights;
import dev.freshet.insight.SourceInsights;
import dev.freshet.insight.TrendingInsights;
import dev.freshet.model.log.Replica.Versioned;
import java.net.URI;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The answers about what the stack does and learns, joined over the models of a read flow, the
 * tables of the past and what is measured.
 */
public final class InsightWiring {
    /** The age at which the figures of the local cloud are asked for again. */
    private static final Duration LOCAL_MEASUREMENTS_AGE = Duration.ofSeconds(1);

    /** The age at which CloudWatch is asked again: metrics are made for each minute. */
    private static final Duration CLOUDWATCH_AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(InsightWiring.class);

    private final Settings settings;
    private final Clients clients;
    private final StackStores stores;
    private final InstantSource clock;
    private final ReadFlow reads;
    private final Measurements measurements;

    InsightWiring(
            Settings settings,
            Clients clients,
            StackStores stores,
            InstantSource clock,
            ReadFlow reads) {
        this.settings = settings;
        this.clients = clients;
        this.stores = stores;
        this.clock = clock;
        this.reads = reads;
        this.measurements = measurements();
    }

    /** Returns the newest models, for answers about the catalogue. */
    public Supplier<Versioned> models() {
        return reads::model;
    }

    /** Returns the answers about outcomes. */
    public OutcomeInsights outcomes() {
        return new OutcomeInsights(reads::model, stores.outcomeHistory());
    }

    /** Returns the answers about experiments. */
    public ExperimentInsights experiments() {
        return new ExperimentInsights(reads::model);
    }

    /** Returns the answers about how the stack is doing. */
    public OverviewInsights overview() {
        return new OverviewInsights(reads::model, reads::modelStatus, measurements, clock);
    }

    /** Returns the answers about what experiments showed over time, from the Trends table. */
    public ExperimentSeries experimentSeries() {
        return new ExperimentSeries(stores.trends());
    }

    /** Returns the answers about sources. */
    public SourceInsights sources() {
        return new SourceInsights(reads::model, stores.trends());
    }

    /** Returns the answers about what most users take. */
    public TrendingInsights trending() {
        return new TrendingInsights(reads::model);
    }

    /** Returns the answers about what arrives. */
    public QualityInsights quality() {
        return new QualityInsights(
                reads::model,
                measurements,
                stores.quarantineReasons(),
                failed -> LOG.warn("The quarantine was not counted", failed));
    }

    /**
     * Returns what is measured of the flows; nothing is opened before it is asked. On the local
     * cloud that is what its functions write.
     */
    private Measurements measurements() {
        return settings.find(Setting.MEASUREMENTS)
                .map(URI::create)
                .<Measurements>map(
                        address -> recent(new LocalMeasurements(address), LOCAL_MEASUREMENTS_AGE))
                .or(this::cloudWatch)
                .orElse(Measurements.NONE);
    }

    /** Returns what CloudWatch measured; empty where streams are emulated. */
    private Optional<Measurements> cloudWatch() {
        CloudWatchMeasurements.Names names =
                new CloudWatchMeasurements.Names(
                        Map.of("Stage", settings.stage(), "ModelId", settings.modelId()),
                        settings.text(Setting.EVENTS_STREAM),
                        settings.text(Setting.EXAMPLES_STREAM),
                        settings.apiMetrics());
        if (settings.endpoint(Settings.Service.KINESIS).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                recent(
                        new CloudWatchMeasurements(
                                () -> new MetricData(clients.cloudWatch()), names),
                        CLOUDWATCH_AGE));
    }

    private static Measurements recent(Measurements source, Duration fresh) {
        return new CachedValue<>(
                        source::flow,
                        fresh,
                        failed -> LOG.warn("The measurements were not read", failed))
                ::get;
    }
}
