package dev.freshet.infra;

import static dev.freshet.aws.Setting.EXPOSURES_TABLE;
import static dev.freshet.aws.Setting.INTERACTIONS_TABLE;
import static dev.freshet.aws.Setting.ITEMS_TABLE;
import static dev.freshet.aws.Setting.MODELS_TABLE;
import static dev.freshet.aws.Setting.OUTCOMES_TABLE;
import static dev.freshet.aws.Setting.TRENDS_TABLE;
import static dev.freshet.aws.Setting.USERS_TABLE;
import static dev.freshet.infra.StackMetrics.MAXIMUM;
import static dev.freshet.infra.StackMetrics.P50;
import static dev.freshet.infra.StackMetrics.P99;
import static dev.freshet.infra.StackMetrics.SUM;
import static dev.freshet.infra.StackMetrics.labelled;

import dev.freshet.aws.Setting;
import java.util.List;
import java.util.TreeMap;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/**
 * The CloudWatch dashboard, with one row each for callers, write flow, functions and stores. It
 * shows 50 metrics at most, because one with more costs as any other but is never among those that
 * an account has free.
 */
final class StackDashboard extends Construct {
    private static final int THIRD = 8;

    /** The tables whose write units are shown. */
    private static final List<Setting> WRITTEN =
            List.of(
                    INTERACTIONS_TABLE,
                    EXPOSURES_TABLE,
                    USERS_TABLE,
                    ITEMS_TABLE,
                    MODELS_TABLE,
                    TRENDS_TABLE,
                    OUTCOMES_TABLE);

    /** The tables whose read units are shown. */
    private static final List<Setting> READ =
            List.of(INTERACTIONS_TABLE, USERS_TABLE, MODELS_TABLE);

    StackDashboard(
            Construct scope,
            StackMetrics metrics,
            Functions functions,
            Storage storage,
            StackStreams streams) {
        super(scope, "Board");
        List<List<? extends IWidget>> rows =
                List.of(
                        callers(metrics),
                        writeFlow(metrics, functions),
                        health(metrics, functions),
                        stores(metrics, storage, streams));
        Dashboard dashboard = Dashboard.Builder.create(this, "Dashboard").widgets(rows).build();
        FreshetStack.pin(dashboard, "Dashboard");
    }

    private static List<IWidget> callers(StackMetrics metrics) {
        return List.of(
                graph("Requests", metrics.gateway("Count", SUM)),
                graph(
                        "Latency (ms)",
                        labelled(P50, metrics.gateway("Latency", P50)),
                        labelled(P99, metrics.gateway("Latency", P99))),
                graph("Refused and failed", metrics.clientErrors(SUM), metrics.serverErrors(SUM)));
    }

    private static List<IWidget> writeFlow(StackMetrics metrics, Functions functions) {
        return List.of(
                graph(
                        "Invocation to rows written (ms)",
                        labelled(P50, metrics.own("WriteFlowDelayMs", P50)),
                        labelled(P99, metrics.own("WriteFlowDelayMs", P99))),
                graph(
                        "Behind the streams (ms)",
                        labelled("features", age(metrics, functions.features)),
                        labelled("train", age(metrics, functions.train))),
                graph("Quarantined", metrics.own("Quarantined", SUM)));
    }

    private static Metric age(StackMetrics metrics, FreshetFunction function) {
        return metrics.function(function, "IteratorAge", MAXIMUM);
    }

    private static List<IWidget> health(StackMetrics metrics, Functions functions) {
        List<FreshetFunction> ofApi = List.copyOf(new TreeMap<>(functions.ofApi()).values());
        List<FreshetFunction> readers = List.of(functions.features, functions.train);
        return List.of(
                each("Duration p99 (ms)", metrics, ofApi, "Duration", P99),
                each("Errors", metrics, functions.all(), "Errors", SUM),
                each("Throttles", metrics, readers, "Throttles", SUM));
    }

    private static List<IWidget> stores(
            StackMetrics metrics, Storage storage, StackStreams streams) {
        String events = streams.events.getStreamName();
        String examples = streams.examples.getStreamName();
        return List.of(
                graph(
                        "Records into the streams",
                        labelled("events", metrics.stream(events, "IncomingRecords")),
                        labelled("examples", metrics.stream(examples, "IncomingRecords")),
                        labelled(
                                "events refused",
                                metrics.stream(events, "WriteProvisionedThroughputExceeded"))),
                units(metrics, storage, "Write units", "ConsumedWriteCapacityUnits", WRITTEN),
                units(metrics, storage, "Read units", "ConsumedReadCapacityUnits", READ));
    }

    private static GraphWidget units(
            StackMetrics metrics, Storage storage, String title, String metric, List<Setting> of) {
        return graph(
                title,
                of.stream()
                        .map(storage::table)
                        .map(
                                table ->
                                        labelled(
                                                table.getNode().getId(),
                                                metrics.table(table.getTableName(), metric)))
                        .toArray(Metric[]::new));
    }

    private static GraphWidget each(
            String title,
            StackMetrics metrics,
            List<FreshetFunction> functions,
            String metric,
            String statistic) {
        return graph(
                title,
                functions.stream()
                        .map(
                                function ->
                                        labelled(
                                                function.getNode().getId(),
                                                metrics.function(function, metric, statistic)))
                        .toArray(Metric[]::new));
    }

    private static GraphWidget graph(String title, IMetric... left) {
        return GraphWidget.Builder.create().title(title).left(List.of(left)).width(THIRD).build();
    }
}
