package dev.freshet.infra;

import static dev.freshet.infra.StackMetrics.labelled;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/** The CloudWatch dashboard, with one row each for callers, write flow, functions and stores. */
final class StackDashboard extends Construct {
    private static final int THIRD = 8;

    StackDashboard(
            Construct scope,
            StackMetrics metrics,
            Functions functions,
            Storage storage,
            StackStreams streams) {
        super(scope, "Board");
        Dashboard dashboard =
                Dashboard.Builder.create(this, "Dashboard")
                        .widgets(
                                List.of(
                                        callers(metrics),
                                        writeFlow(metrics, functions),
                                        health(metrics, functions),
                                        stores(metrics, storage, streams)))
                        .build();
        LogicalIds.pin(dashboard, "Dashboard");
    }

    private static List<IWidget> callers(StackMetrics metrics) {
        return List.of(
                graph("Requests", metrics.gateway("Count", StackMetrics.SUM)),
                graph(
                        "Latency (ms)",
                        labelled(StackMetrics.P50, metrics.gateway("Latency", StackMetrics.P50)),
                        labelled(StackMetrics.P99, metrics.gateway("Latency", StackMetrics.P99))),
                graph(
                        "Refused and failed",
                        metrics.clientErrors(StackMetrics.SUM),
                        metrics.serverErrors(StackMetrics.SUM)));
    }

    private static List<IWidget> writeFlow(StackMetrics metrics, Functions functions) {
        return List.of(
                graph(
                        "Invocation to rows written (ms)",
                        labelled(StackMetrics.P50, metrics.writeFlowDelay(StackMetrics.P50)),
                        labelled(StackMetrics.P99, metrics.writeFlowDelay(StackMetrics.P99))),
                graph(
                        "Behind the streams (ms)",
                        labelled(
                                "features",
                                metrics.function(
                                        functions.features, "IteratorAge", StackMetrics.MAXIMUM)),
                        labelled(
                                "train",
                                metrics.function(
                                        functions.train, "IteratorAge", StackMetrics.MAXIMUM))),
                graph("Quarantined", metrics.quarantined()));
    }

    private static List<IWidget> health(StackMetrics metrics, Functions functions) {
        return List.of(
                each("Duration p99 (ms)", metrics, functions, "Duration", StackMetrics.P99),
                each("Errors", metrics, functions, "Errors", StackMetrics.SUM),
                each("Throttles", metrics, functions, "Throttles", StackMetrics.SUM));
    }

    private static List<IWidget> stores(
            StackMetrics metrics, Storage storage, StackStreams streams) {
        String events = streams.events.getStreamName();
        String examples = streams.examples.getStreamName();
        String written = "ConsumedWriteCapacityUnits";
        String read = "ConsumedReadCapacityUnits";
        return List.of(
                graph(
                        "Records into the streams",
                        labelled("events", metrics.stream(events, "IncomingRecords")),
                        labelled("examples", metrics.stream(examples, "IncomingRecords")),
                        labelled(
                                "events refused",
                                metrics.stream(events, "WriteProvisionedThroughputExceeded"))),
                graph(
                        "Write units",
                        labelled(
                                "Interactions",
                                metrics.table(storage.interactions.getTableName(), written)),
                        labelled(
                                "Exposures",
                                metrics.table(storage.exposures.getTableName(), written)),
                        labelled("Users", metrics.table(storage.users.getTableName(), written)),
                        labelled("Items", metrics.table(storage.items.getTableName(), written)),
                        labelled("Models", metrics.table(storage.models.getTableName(), written)),
                        labelled("Trends", metrics.table(storage.trends.getTableName(), written)),
                        labelled(
                                "Outcomes",
                                metrics.table(storage.outcomes.getTableName(), written))),
                graph(
                        "Read units",
                        labelled(
                                "Interactions",
                                metrics.table(storage.interactions.getTableName(), read)),
                        labelled("Users", metrics.table(storage.users.getTableName(), read)),
                        labelled("Models", metrics.table(storage.models.getTableName(), read))));
    }

    private static GraphWidget each(
            String title,
            StackMetrics metrics,
            Functions functions,
            String metric,
            String statistic) {
        return graph(
                title,
                functions.all().stream()
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
