package dev.freshet.infra;

import static dev.freshet.infra.Metrics.labelled;

import java.util.List;
import software.amazon.awscdk.services.cloudwatch.Dashboard;
import software.amazon.awscdk.services.cloudwatch.GraphWidget;
import software.amazon.awscdk.services.cloudwatch.IMetric;
import software.amazon.awscdk.services.cloudwatch.IWidget;
import software.amazon.awscdk.services.cloudwatch.Metric;
import software.constructs.Construct;

/**
 * The CloudWatch dashboard: one row for the callers, one for the write flow, one for the functions,
 * one for the stores.
 */
final class Board extends Construct {
    private static final int THIRD = 8;

    Board(Construct scope, Metrics metrics, Functions functions, Storage storage, Streams streams) {
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

    private static List<IWidget> callers(Metrics metrics) {
        return List.of(
                graph("Requests", metrics.gateway("Count", Metrics.SUM)),
                graph(
                        "Latency (ms)",
                        labelled(Metrics.P50, metrics.gateway("Latency", Metrics.P50)),
                        labelled(Metrics.P99, metrics.gateway("Latency", Metrics.P99))),
                graph(
                        "Refused and failed",
                        metrics.gateway("4XXError", Metrics.SUM),
                        metrics.gateway("5XXError", Metrics.SUM)));
    }

    private static List<IWidget> writeFlow(Metrics metrics, Functions functions) {
        return List.of(
                graph(
                        "Invocation to rows written (ms)",
                        labelled(Metrics.P50, metrics.writeFlowDelay(Metrics.P50)),
                        labelled(Metrics.P99, metrics.writeFlowDelay(Metrics.P99))),
                graph(
                        "Behind the streams (ms)",
                        labelled(
                                "features",
                                metrics.function(
                                        functions.features, "IteratorAge", Metrics.MAXIMUM)),
                        labelled(
                                "train",
                                metrics.function(functions.train, "IteratorAge", Metrics.MAXIMUM))),
                graph("Quarantined", metrics.quarantined()));
    }

    private static List<IWidget> health(Metrics metrics, Functions functions) {
        return List.of(
                each("Duration p99 (ms)", metrics, functions, "Duration", Metrics.P99),
                each("Errors", metrics, functions, "Errors", Metrics.SUM),
                each("Throttles", metrics, functions, "Throttles", Metrics.SUM));
    }

    private static List<IWidget> stores(Metrics metrics, Storage storage, Streams streams) {
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
                        labelled("Users", metrics.table(storage.users.getTableName(), written)),
                        labelled("Items", metrics.table(storage.items.getTableName(), written)),
                        labelled("Models", metrics.table(storage.models.getTableName(), written)),
                        labelled("Trends", metrics.table(storage.trends.getTableName(), written))),
                graph(
                        "Read units",
                        labelled(
                                "Interactions",
                                metrics.table(storage.interactions.getTableName(), read)),
                        labelled("Users", metrics.table(storage.users.getTableName(), read)),
                        labelled("Models", metrics.table(storage.models.getTableName(), read))));
    }

    private static GraphWidget each(
            String title, Metrics metrics, Functions functions, String metric, String statistic) {
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
