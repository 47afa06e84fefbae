package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Measurements as lines of the log, from which CloudWatch makes metrics: namespace {@value
 * #NAMESPACE}, by stage and model. They tell of counts and times, never of readers.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch_Embedded_Metric_Format_Specification.html">Embedded
 *     metric format</a>
 */
final class Metrics {
    /** The namespace of everything measured here. */
    static final String NAMESPACE = "Freshet";

    /** The units in use. */
    enum Unit {
        COUNT("Count"),
        MILLISECONDS("Milliseconds"),
        BYTES("Bytes");

        private final String name;

        Unit(String name) {
            this.name = name;
        }
    }

    private final String stage;
    private final String modelId;
    private final InstantSource clock;
    private final Consumer<String> log;

    /**
     * Writes to a log.
     *
     * @param log takes one line at a time
     */
    Metrics(String stage, String modelId, InstantSource clock, Consumer<String> log) {
        this.stage = stage;
        this.modelId = modelId;
        this.clock = clock;
        this.log = log;
    }

    /** Begins the measurements of one invocation. */
    Line line() {
        return new Line();
    }

    /** The measurements of one invocation: one line. */
    final class Line {
        private final Map<String, Unit> units = new LinkedHashMap<>();
        private final Map<String, Long> values = new LinkedHashMap<>();

        private Line() {}

        Line count(String name, long value) {
            return with(name, value, Unit.COUNT);
        }

        Line milliseconds(String name, long value) {
            return with(name, value, Unit.MILLISECONDS);
        }

        Line bytes(String name, long value) {
            return with(name, value, Unit.BYTES);
        }

        void write() {
            ObjectNode json = JsonNodeFactory.instance.objectNode();
            ObjectNode aws = json.putObject("_aws");
            aws.put("Timestamp", clock.millis());
            ObjectNode directive = aws.putArray("CloudWatchMetrics").addObject();
            directive.put("Namespace", NAMESPACE);
            directive.putArray("Dimensions").addArray().add("Stage").add("ModelId");
            ArrayNode metrics = directive.putArray("Metrics");
            units.forEach(
                    (name, unit) -> metrics.addObject().put("Name", name).put("Unit", unit.name));
            json.put("Stage", stage).put("ModelId", modelId);
            values.forEach(json::put);
            log.accept(json.toString());
        }

        private Line with(String name, long value, Unit unit) {
            units.put(name, unit);
            values.put(name, value);
            return this;
        }
    }
}
