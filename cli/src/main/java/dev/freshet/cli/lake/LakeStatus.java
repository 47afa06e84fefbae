package dev.freshet.cli.lake;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.connection.StackOutputs;
import dev.freshet.console.Text;
import dev.freshet.lake.LakeTable;
import dev.freshet.lake.SqlRange;
import java.time.InstantSource;
import java.util.List;

/** What is in a lake, and how old it is. */
final class LakeStatus {
    private static final String ARRIVALS =
            """
            SELECT count(*), min(received_at), max(received_at),
                date_diff('second', max(received_at), {now}),
                count(*) - count(DISTINCT concat(kind, coalesce(pseudonym, erased), '|',
                    coalesce(event_id, ''), '|', CAST(coalesce(occurred_ns, 0) AS varchar), '|',
                    coalesce(erasure_id, '')))
            FROM arrivals\
            """;

    private LakeStatus() {}

    static ObjectNode local(FolderLake lake, InstantSource clock) {
        return rows(lake, clock)
                .put("recordsGivenUp", lake.recordsGivenUp())
                .put("rowsGivenUp", lake.rowsGivenUp());
    }

    /** Returns the status of a lake on AWS, with its latest nightly run. */
    static ObjectNode deployed(StackOutputs outputs, LakeOption lake, InstantSource clock) {
        ObjectNode status = lake.ask(asked -> rows(asked, clock));
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

    private static ObjectNode rows(QueriedLake lake, InstantSource clock) {
        ObjectNode status = JsonNodeFactory.instance.objectNode();
        ObjectNode tables = status.putObject("tables");
        for (LakeTable table : LakeTable.values()) {
            ObjectNode one =
                    tables.putObject(table.sqlName())
                            .put("rows", lake.number("SELECT count(*) FROM " + table.sqlName()));
            if (table.partition() != LakeTable.Partition.NONE) {
                one.put(
                        "days",
                        lake.number(
                                "SELECT count(DISTINCT %s) FROM %s"
                                        .formatted(day(table), table.sqlName())));
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

    /** Returns the expression of the day of a row of a table that has days. */
    static String day(LakeTable table) {
        return table.partition() == LakeTable.Partition.OCCURRED_DAY
                ? "occurred_day"
                : "CAST(received_at AS date)";
    }

    static String text(ObjectNode status) {
        Text text = new Text();
        status.path("tables")
                .forEachEntry(
                        (name, table) -> {
                            String days = table.has("days") ? ", {days:,d} days" : "";
                            text.add(table, "%-13s {rows:,12d} rows".formatted(name) + days);
                        });
        if (status.has("night")) {
            text.add(
                    status,
                    "Latest night {/night/status}, begun {/night/startedAt}; {objectsAstray:,d}"
                            + " objects astray.");
        }
        String first = status.path("firstReceivedAt").asText("never");
        String last = status.path("lastReceivedAt").asText("never");
        text.add(
                status,
                "First received %s, newest %s".formatted(first, last)
                        + " ({ageSeconds:,d} s ago); {repeats:,d} arrivals are repeats;"
                        + " {recordsGivenUp:,d} records and {rowsGivenUp:,d} rows given up.");
        return text.toString();
    }
}
