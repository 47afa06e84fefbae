package dev.freshet.local.lake.command;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.Output;
import dev.freshet.lake.LakeTable;
import dev.freshet.local.lake.LocalLake;
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
                date_diff('second', max(received_at), CAST(now() AT TIME ZONE 'UTC' AS TIMESTAMP)),
                count(*) - count(DISTINCT concat(kind, coalesce(pseudonym, erased), '|',
                    coalesce(event_id, ''), '|', CAST(coalesce(occurred_ns, 0) AS varchar), '|',
                    coalesce(erasure_id, '')))
            FROM arrivals""";

    @Mixin private final LakeOption lake = new LakeOption();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() {
        ObjectNode status = lake.with(LakeStatusCommand::status);
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

    private static ObjectNode status(LocalLake lake) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode tables = status.putObject("tables");
        for (LakeTable table : LakeTable.values()) {
            ObjectNode one =
                    tables.putObject(table.sqlName())
                            .put("rows", lake.number("SELECT count(*) FROM " + table.sqlName()));
            if (table.partition() != LakeTable.Partition.NONE) {
                one.put("days", lake.days(table));
            }
        }
        lake.query(
                ARRIVALS,
                rows -> {
                    rows.next();
                    return status.put("firstReceivedAt", rows.getString(2))
                            .put("lastReceivedAt", rows.getString(3))
                            .put("ageSeconds", rows.getLong(4))
                            .put("repeats", rows.getLong(5));
                });
        return status.put("recordsGivenUp", lake.recordsGivenUp())
                .put("rowsGivenUp", lake.rowsGivenUp());
    }
}
