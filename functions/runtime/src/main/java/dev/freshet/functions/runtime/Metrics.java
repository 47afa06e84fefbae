package dev.freshet.functions.runtime;

import com.fasterxml.jackson.core.JsonProcessingException;
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
import software.amazon.cloudwatchlogs.emf.model.Unit;

/**
 * Measurements as lines of the log, from which CloudWatch makes metrics: namespace {@value
 * #NAMESPACE}, by stage and model. They tell of counts, times and traces, never of readers.
 *
 * <p>AWS's own library writes the format; of it only the model is used. Its loggers, sinks and
 * agents are left out, for a line is written when the invocation says so, and not later.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
public final class Metrics {
    /** The namespace of everything measured here. */
    static final String NAMESPACE = "Freshet";

    private final String stage;
    private final String modelId;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * Writes to a log.
     *
     * @param stage printable ASCII, as is {@code modelId}
     * @param log takes one line at a time
     */
    public Metrics(String stage, String modelId, InstantSource clock, Consumer<String> log) {
        this.stage = stage;
        this.modelId = modelId;
        this.clock = clock;
        this.log = log;
    }

    /**
     * Writes a line that nobody reads: the first one of a process takes a hundred times as long as
     * later ones, and may so be over before the first request is.
     */
    void prime() {
        new Metrics(stage, modelId, clock, line -> {}).line().count("Primed", 1).write();
    }

    /** Begins the measurements of one invocation. */
    public Line line() {
        return new Line();
    }

    /** The measurements of one invocation: one line. Each name at most once. */
    public final class Line {
        private final MetricsContext context = new MetricsContext();

        private Line() {}

        public Line count(String name, long value) {
            return with(name, value, Unit.COUNT);
        }

        public Line milliseconds(String name, long value) {
            return with(name, value, Unit.MILLISECONDS);
        }

        public Line bytes(String name, long value) {
            return with(name, value, Unit.BYTES);
        }

        /** What the line tells beside its measurements: a text, a number, or a list of them. */
        public Line saying(String name, Object value) {
            context.putProperty(name, value);
            return this;
        }

        public void write() {
            Instant now = clock.instant();
            saying("level", "INFO").saying("message", "measured");
            saying("timestamp", now.toString());
            LogContext.now().forEach(this::saying);
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
                throw new IllegalStateException("a measurement that cannot be told", impossible);
            }
        }

        /** CloudWatch takes nothing older than two weeks; then the time of writing stands. */
        private void at(Instant now) {
            try {
                context.setTimestamp(now);
            } catch (InvalidTimestampException tooFarAway) {
                saying("clock", now.toString());
            }
        }

        private Line with(String name, long value, Unit unit) {
            try {
                context.putMetric(name, (double) value, unit);
                return this;
            } catch (InvalidMetricException e) {
                throw new IllegalArgumentException("no measurement: " + name, e);
            }
        }
    }
}
