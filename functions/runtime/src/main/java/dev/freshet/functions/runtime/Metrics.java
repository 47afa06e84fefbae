package dev.freshet.functions.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.freshet.event.TraceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Consumer;
import software.amazon.cloudwatchlogs.emf.exception.DimensionSetExceededException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidDimensionException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidMetricException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidNamespaceException;
import software.amazon.cloudwatchlogs.emf.exception.InvalidTimestampException;
import software.amazon.cloudwatchlogs.emf.model.DimensionSet;
import software.amazon.cloudwatchlogs.emf.model.MetricsContext;

/**
 * Metrics, written as log lines in the embedded metric format, from which CloudWatch extracts them.
 * The namespace is {@value #NAMESPACE}, the dimensions are stage and model. The lines have counts,
 * times and trace ids, and no user ids.
 *
 * <p>The lines are serialised by AWS's own library. Its loggers, sinks and environment detection
 * are not used, so that a line is written when the invocation writes it, and not later.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class Metrics {
    /** Most values of one metric in a line, a limit of the format. */
    static final int MAX_VALUES = 100;

    /** Most traces of a line. */
    static final int MAX_TRACES = 16;

    /** The CloudWatch namespace of all metrics. */
    static final String NAMESPACE = "Freshet";

    private final String stage;
    private final String modelId;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * Creates metrics that are written to a log.
     *
     * @param stage printable ASCII, as is {@code modelId}
     * @param log receives one line at a time
     */
    public Metrics(String stage, String modelId, InstantSource clock, Consumer<String> log) {
        this.stage = stage;
        this.modelId = modelId;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Serialises a line and discards it, because the first line of a process takes a hundred times
     * as long as later ones. Run at the start, it is over before the first request ends.
     */
    void prime() {
        new Metrics(stage, modelId, clock, line -> {}).line().add(MetricName.RECORDS, 1).write();
    }

    /** Begins the metrics line of one invocation. */
    public Line line() {
        return new Line();
    }

    /** The metrics of one invocation, written as one line. */
    public final class Line {
        private final MetricsContext context = new MetricsContext();

        private Line() {}

        /**
         * Adds a measured value, as a metric or as a field of the line. A value of 0 is left out
         * unless averages need it.
         *
         * @param value in the metric's unit
         */
        public Line add(MetricName metric, long value) {
            if (!metric.isWritten(value)) {
                return this;
            }
            if (metric.publishing() == MetricName.Publishing.NEVER) {
                return property(metric.text(), value);
            }
            try {
                context.putMetric(metric.text(), (double) value, metric.unit());
                return this;
            } catch (InvalidMetricException impossible) {
                throw new IllegalArgumentException("not a valid metric: " + metric, impossible);
            }
        }

        /**
         * Adds several values of a metric that CloudWatch makes, so that it has percentiles.
         *
         * @param values in the metric's unit; at most {@value #MAX_VALUES}
         */
        public Line add(MetricName metric, List<Long> values) {
            if (values.size() > MAX_VALUES) {
                throw new IllegalArgumentException(values.size() + " values in a line");
            }
            values.forEach(value -> add(metric, value));
            return this;
        }

        /**
         * Adds a property of the line that is not a metric: a text, a number, or a list or map of
         * these.
         */
        public Line property(String name, Object value) {
            context.putProperty(name, value);
            return this;
        }

        /**
         * Adds the ids of the first {@value #MAX_TRACES} traces of a batch, because every id takes
         * 35 bytes of a line and log lines cost by the byte.
         */
        Line traces(List<TraceId> traces) {
            return property(
                    "traces", traces.stream().limit(MAX_TRACES).map(TraceId::digits).toList());
        }

        /** Writes the line, with the fields of {@link LogContext}. */
        public void write() {
            Instant now = clock.instant();
            property("level", "INFO").property("message", "metrics");
            property("timestamp", now.toString());
            LogContext.now().forEach(this::property);
            try {
                context.setNamespace(NAMESPACE);
                context.setDimensions(DimensionSet.of("Stage", stage, "ModelId", modelId));
                at(now);
                List<String> lines = context.serialize();
                lines.forEach(log);
            } catch (InvalidNamespaceException
                    | InvalidDimensionException
                    | DimensionSetExceededException
                    | JsonProcessingException impossible) {
                throw new IllegalStateException("a metrics line cannot be serialised", impossible);
            }
        }

        /**
         * Sets the timestamp of the metrics. CloudWatch accepts none older than two weeks; for such
         * a time the line keeps the time of writing and gets the intended one as property {@code
         * clock}.
         */
        private void at(Instant now) {
            try {
                context.setTimestamp(now);
            } catch (InvalidTimestampException tooFarAway) {
                property("clock", now.toString());
            }
        }
    }
}
