package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.SqlRange;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** {@code freshet lake status}: what is in the lake, and how old. */
@Command(
        name = "status",
        mixinStandardHelpOptions = true,
        description =
                "Tells the rows and days of each table, the age of the newest arrival, the arrivals that"
                        + " are repeats, and what the delivery gave up.")
final class LakeStatusCommand implements Callable<Integer> {
    private static final String ARRIVALS =
            """
            SELECT count(*), min(received_at), max(received_at),
                date_diff('second', max(received_at), {now}),
                count(*) - count(DISTINCT concat(kind, coalesce(pseudonym, erased), '|',
                    coalesce(event_id, ''), '|', CAST(coalesce(occurred_ns, 0) AS varchar), '|',
                    coalesce(erasure_id, '')))
            FROM arrivals""";

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    private final InstantSource clock;

    LakeStatusCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Override
    public Integer call() {
        ObjectNode status =
                lake.outputs().map(this::deployed).orElseGet(() -> lake.with(this::status));
        StringBuilder text = new StringBuilder();
        status.path("tables")
                .properties()
                .forEach(
                        table ->
                                text.append(
                                        "%-13s %,12d rows%s%n"
                                                .formatted(
                                                        table.getKey(),
                                                        table.getValue().path("rows").asLong(),
                                                        table.getValue().has("days")
                                                                ? ", %,d days"
                                                                        .formatted(
                                                                                table.getValue()
                                                                                        .path(
                                                                                                "days")
                                                                                        .asLong())
                                                                : "")));
        if (status.has("night")) {
            text.append(
                    "Latest night %s, begun %s; %,d objects astray.%n"
                            .formatted(
                                    status.at("/night/status").asText(),
                                    status.at("/night/startedAt").asText(),
                                    status.path("objectsAstray").asInt()));
        }
        text.append(
                "First received %s, newest %s (%,d s ago); %,d arrivals are repeats; %,d records and %,d rows given up."
                        .formatted(
                                status.path("firstReceivedAt").asText("never"),
                                status.path("lastReceivedAt").asText("never"),
                                status.path("ageSeconds").asLong(),
                                status.path("repeats").asLong(),
                                status.path("recordsGivenUp").asLong(),
                                status.path("rowsGivenUp").asLong()));
        output.result(status, text.toString());
        return 0;
    }

    private ObjectNode status(FolderLake lake) {
        return rows(lake)
                .put("recordsGivenUp", lake.recordsGivenUp())
                .put("rowsGivenUp", lake.rowsGivenUp());
    }

    /** Returns the status of a lake on AWS, with its latest nightly run. */
    private ObjectNode deployed(StackOutputs outputs) {
        ObjectNode status = lake.ask(this::rows);
        try (DeployedLake deployed = DeployedLake.of(outputs)) {
            status.put("objectsAstray", deployed.objectsAstray());
            deployed.latestNight()
                    .ifPresent(
                            night ->
                                    status.putObject("night")
                                            .put("status", night.status())
                                            .put("startedAt", night.startedAt().toString()));
        }
        return status;
    }

    private ObjectNode rows(QueriedLake lake) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode tables = status.putObject("tables");
        for (LakeTable table : LakeTable.values()) {
            ObjectNode one =
                    tables.putObject(table.sqlName())
                            .put("rows", lake.number("SELECT count(*) FROM " + table.sqlName()));
            if (table.partition() != LakeTable.Partition.NONE) {
                String day =
                        table.partition() == LakeTable.Partition.OCCURRED_DAY
                                ? "occurred_day"
                                : "CAST(received_at AS date)";
                one.put(
                        "days",
                        lake.number(
                                "SELECT count(DISTINCT %s) FROM %s"
                                        .formatted(day, table.sqlName())));
            }
        }
        List<JsonNode> arrivals =
                lake.query(ARRIVALS.replace("{now}", SqlRange.time(clock.instant())), 1)
                        .rows()
                        .getFirst();
        status.set("firstReceivedAt", arrivals.get(1));
        status.set("lastReceivedAt", arrivals.get(2));
        return status.put("ageSeconds", arrivals.get(3).asLong())
                .put("repeats", arrivals.get(4).asLong());
    }
}
