package dev.freshet.functions.runtime;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.TraceId;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/**
 * Metrics, written as log lines in the embedded metric format, from which CloudWatch extracts them.
 * The namespace is {@value #NAMESPACE}, the dimensions are stack, stage and model. The lines have
 * counts, times and trace ids, and no user ids.
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

    private final SortedMap<String, String> dimensions;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * Creates metrics that are written to a log.
     *
     * @param dimensions those of {@link dev.freshet.aws.option.OptionValues#metricDimensions}; each
     *     value is printable ASCII
     * @param clock the time of the metrics: CloudWatch makes none of those that are 14 days old or
     *     two hours ahead
     * @param log receives one line at a time
     */
    public Metrics(Map<String, String> dimensions, InstantSource clock, Consumer<String> log) {
        this.dimensions = new TreeMap<>(dimensions);
        this.clock = clock;
        this.log = log;
    }

    /**
     * Serialises a line and discards it, because the first line of a process takes a hundred times
     * as long as later ones. Run at the start, it is over before the first request ends.
     */
    void prime() {
        new Metrics(dimensions, clock, line -> {}).line().add(MetricName.RECORDS, 1).write();
    }

    /** Begins the metrics line of one invocation. */
    public Line line() {
        return new Line();
    }

    /** The metrics of one invocation, written as one line. */
    public final class Line {
        private final ObjectNode fields = JsonNodeFactory.instance.objectNode();
        private final Set<MetricName> metrics = EnumSet.noneOf(MetricName.class);

        private Line() {}

        /**
         * Adds a measured value, as a metric or as a field of the line. A value of 0 is left out
         * unless averages need it.
         *
         * @param value in the metric's unit
         * @throws IllegalArgumentException beyond {@value #MAX_VALUES} values of one metric
         */
        public Line add(MetricName metric, long value) {
            if (!metric.isWritten(value)) {
                return this;
            }
            if (metric.publishing() == MetricName.Publishing.NEVER) {
                return property(metric.text(), value);
            }
            if (metrics.add(metric)) {
                fields.put(metric.text(), value);
                return this;
            }
            ArrayNode values =
                    fields.get(metric.text()) instanceof ArrayNode several
                            ? several
                            : fields.arrayNode().add(fields.get(metric.text()));
            if (values.size() == MAX_VALUES) {
                throw new IllegalArgumentException("too many values of " + metric);
            }
            fields.set(metric.text(), values.add(value));
            return this;
        }

        /**
         * Adds several values of a metric that CloudWatch makes, so that it has percentiles.
         *
         * @param values in the metric's unit; at most {@value #MAX_VALUES}
         */
        public Line add(MetricName metric, List<Long> values) {
            values.forEach(value -> add(metric, value));
            return this;
        }

        /**
         * Adds a property of the line that is not a metric: a text, a number, or a list or map of
         * these.
         */
        public Line property(String name, Object value) {
            fields.putPOJO(name, value);
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
            fields.put("level", "INFO").put("message", "metrics").put("timestamp", now.toString());
            LogContext.now().forEach(fields::put);
            if (!metrics.isEmpty()) {
                dimensions.forEach(fields::put);
                ObjectNode aws = fields.putObject("_aws").put("Timestamp", now.toEpochMilli());
                ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
                directive.put("Namespace", NAMESPACE);
                dimensions.keySet().forEach(directive.putArray("Dimensions").addArray()::add);
                ArrayNode names = directive.putArray("Metrics");
                for (MetricName metric : metrics) {
                    names.addObject().put("Name", metric.text()).put("Unit", metric.unit());
                }
            }
            log.accept(fields.toString());
        }
    }
}
