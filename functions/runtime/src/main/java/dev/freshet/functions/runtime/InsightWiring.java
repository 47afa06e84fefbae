package dev.freshet.functions.runtime;

import dev.freshet.aws.Clients;
import dev.freshet.aws.CloudWatchMeasurements;
import dev.freshet.aws.MetricData;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.features.Quarantine.QuarantineReasons;
import dev.freshet.insight.CachedValue;
import dev.freshet.insight.Flow;
import dev.freshet.insight.Flow.Measurements;
import dev.freshet.insight.FlowHistory;
import dev.freshet.insight.FlowHistory.Resolution;
import dev.freshet.insight.InsightSources;
import dev.freshet.insight.OutcomeReport.CountingRules;
import dev.freshet.json.JsonRecords;
import dev.freshet.store.StoreUnavailableException;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Joins what answers about the stack are made from: the models of a read flow, the tables of the
 * past and what is measured.
 */
record InsightWiring(Settings settings, Clients clients, StackStores stores) {
    /** The age at which the figures of the local cloud are asked for again. */
    private static final Duration LOCAL_MEASUREMENTS_AGE = Duration.ofSeconds(1);

    /** The age at which CloudWatch is asked again: metrics are made for each minute. */
    private static final Duration CLOUDWATCH_AGE = Duration.ofMinutes(1);

    /** The age at which the quarantine is counted again. */
    private static final Duration QUARANTINE_AGE = Duration.ofMinutes(1);

    private static final Logger LOG = LoggerFactory.getLogger(InsightWiring.class);

    /** Returns the sources with the models of a read flow. */
    InsightSources sources(ReadFlow reads) {
        QuarantineReasons quarantine = stores.quarantine();
        Policies policies = new Policies(settings);
        return new InsightSources(
                reads::model,
                reads::modelStatus,
                measurements(),
                stores.outcomeHistory(),
                CountingRules.of(
                        policies.attribution(),
                        policies.modelSettings().objective(),
                        policies.eventTypes()),
                stores.trends(),
                recent(
                        _ -> Optional.of(quarantine.count()),
                        QUARANTINE_AGE,
                        "The quarantine was not counted"));
    }

    /**
     * Returns what is measured of the flows; nothing is opened before it is asked. On the local
     * cloud that is what its functions write.
     */
    private Measurements measurements() {
        return settings.find(Setting.MEASUREMENTS)
                .map(URI::create)
                .<Measurements>map(
                        address -> measured(new LocalMeasurements(address), LOCAL_MEASUREMENTS_AGE))
                .or(this::cloudWatch)
                .orElse(Measurements.NONE);
    }

    /** Returns what CloudWatch measured; empty where streams are emulated. */
    private Optional<Measurements> cloudWatch() {
        CloudWatchMeasurements.Names names =
                new CloudWatchMeasurements.Names(
                        settings.metricDimensions(),
                        settings.text(Setting.EVENTS_STREAM),
                        settings.text(Setting.EXAMPLES_STREAM),
                        settings.apiMetrics());
        if (settings.endpoint(Settings.Service.KINESIS).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(
                measured(
                        new CloudWatchMeasurements(
                                () -> new MetricData(clients.cloudWatch()), names),
                        CLOUDWATCH_AGE));
    }

    private static Measurements measured(Measurements source, Duration fresh) {
        String failure = "The measurements were not read";
        Function<Instant, Optional<Flow>> flow = recent(source::flow, fresh, failure);
        Map<Resolution, Function<Instant, Optional<FlowHistory>>> histories =
                new EnumMap<>(Resolution.class);
        for (Resolution of : Resolution.values()) {
            histories.put(of, recent(now -> source.history(of, now), fresh, failure));
        }
        return new Measurements() {
            @Override
            public Optional<Flow> flow(Instant now) {
                return flow.apply(now);
            }

            @Override
            public Optional<FlowHistory> history(Resolution resolution, Instant now) {
                return Objects.requireNonNull(histories.get(resolution)).apply(now);
            }
        };
    }

    private static <T> Function<Instant, Optional<T>> recent(
            Function<Instant, Optional<T>> source, Duration fresh, String failure) {
        return new CachedValue<>(source, fresh, failed -> LOG.warn(failure, failed))::get;
    }

    /** What the local cloud measured, asked of it by one request over loopback. */
    record LocalMeasurements(URI address) implements Measurements {
        /** The time to connect, and between two bytes. */
        private static final Duration TIME_LIMIT = Duration.ofSeconds(1);

        /** The longest answer, in bytes; an hour has about 15,000, 56 days some 400,000. */
        private static final int MAX_BODY = 1 << 20;

        @Override
        public Optional<Flow> flow(Instant now) {
            return Optional.of(read(address, Flow.class));
        }

        @Override
        public Optional<FlowHistory> history(Resolution resolution, Instant now) {
            URI of = address.resolve("history?" + resolution.wireName());
            return Optional.of(read(of, FlowHistory.class));
        }

        private static <T> T read(URI from, Class<T> type) {
            try {
                HttpURLConnection connection = (HttpURLConnection) from.toURL().openConnection();
                connection.setConnectTimeout((int) TIME_LIMIT.toMillis());
                connection.setReadTimeout((int) TIME_LIMIT.toMillis());
                try (InputStream body = connection.getInputStream()) {
                    return JsonRecords.read(body.readNBytes(MAX_BODY), type);
                }
            } catch (IOException unanswered) {
                throw new StoreUnavailableException("The local cloud", unanswered);
            }
        }
    }
}
