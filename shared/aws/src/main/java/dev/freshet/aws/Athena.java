package dev.freshet.aws;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sends statements to an Athena workgroup and waits for them. A statement takes two seconds at
 * least, and is asked for {@link #LEAST_WAIT} to {@link #MAX_WAIT} after the time before.
 *
 * @see <a href="https://docs.aws.amazon.com/athena/latest/APIReference/API_Operations.html">Athena
 *     API</a>
 */
public final class Athena {
    static final Duration LEAST_WAIT = Duration.ofMillis(250);
    static final Duration MAX_WAIT = Duration.ofSeconds(5);

    /** Rows of a page: as many as are surely less than {@link SignedHttp#MAX_BODY}. */
    static final int PAGE = 250;

    private static final JsonMapper JSON = new JsonMapper();

    private final JsonService athena;
    private final String workgroup;
    private final String database;
    private final Pause pause;

    /** Waits between two questions about a statement. */
    @FunctionalInterface
    public interface Pause {
        /** Waits for this long. */
        void pause(Duration duration) throws InterruptedException;
    }

    /**
     * A statement that has succeeded.
     *
     * @param id names its result
     * @param scannedBytes bytes that are charged, rounded up to 10 MB by Athena
     */
    public record Finished(String id, long scannedBytes) {}

    /**
     * A page of a result.
     *
     * @param columns the names of the columns
     * @param types the types of the columns, such as {@code bigint}
     * @param rows the values as texts; null is NULL
     * @param next names the next page; empty after the last
     */
    public record Page(
            List<String> columns,
            List<String> types,
            List<List<@Nullable String>> rows,
            Optional<String> next) {}

    /** A statement failed or was stopped. */
    public static final class StatementFailedException extends IOException {
        private static final long serialVersionUID = 1L;

        StatementFailedException(String state, String reason) {
            super("Athena: " + state + ": " + reason);
        }
    }

    /**
     * Creates an adapter.
     *
     * @param athena signs for the service {@code athena}
     * @param database in which names of tables are looked for
     */
    public Athena(SignedHttp athena, String workgroup, String database, Pause pause) {
        this.athena = new JsonService(athena, "AmazonAthena", "1.1");
        this.workgroup = workgroup;
        this.database = database;
        this.pause = pause;
    }

    /**
     * Returns the name of the database of a stack. Firehose takes lower case only, and no hyphens.
     */
    public static String databaseName(String stackName) {
        return stackName.toLowerCase(Locale.ROOT).replace('-', '_');
    }

    /**
     * Runs a statement to its end.
     *
     * @param most the longest time to wait, after which the statement is stopped
     * @throws StatementFailedException with Athena's reason
     * @throws IOException if Athena refuses the statement or does not answer
     */
    public Finished run(String sql, Duration most) throws IOException {
        ObjectNode request =
                JSON.createObjectNode().put("QueryString", sql).put("WorkGroup", workgroup);
        request.putObject("QueryExecutionContext").put("Database", database);
        String id = athena.call("StartQueryExecution", request).path("QueryExecutionId").asText();
        Duration waited = Duration.ZERO;
        Duration wait = LEAST_WAIT;
        while (true) {
            JsonNode execution = athena.call("GetQueryExecution", named(id)).path("QueryExecution");
            String state = execution.at("/Status/State").asText();
            switch (state) {
                case "SUCCEEDED" -> {
                    return new Finished(
                            id, execution.at("/Statistics/DataScannedInBytes").asLong());
                }
                case "FAILED", "CANCELLED" ->
                        throw new StatementFailedException(
                                state, execution.at("/Status/StateChangeReason").asText());
                default -> {
                    if (waited.compareTo(most) >= 0) {
                        throw stopped(id, most);
                    }
                    pause(wait);
                    waited = waited.plus(wait);
                    wait = wait.plus(wait).compareTo(MAX_WAIT) > 0 ? MAX_WAIT : wait.plus(wait);
                }
            }
        }
    }

    private IOException stopped(String id, Duration most) throws IOException {
        athena.call("StopQueryExecution", named(id));
        return new IOException("a statement took more than " + most.toSeconds() + " s");
    }

    private void pause(Duration wait) throws IOException {
        try {
            pause.pause(wait);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /**
     * Returns a page of a result.
     *
     * @param next what the page before named; empty for the first page
     */
    public Page page(Finished statement, Optional<String> next) throws IOException {
        ObjectNode request = named(statement.id()).put("MaxResults", PAGE);
        next.ifPresent(token -> request.put("NextToken", token));
        JsonNode answer = athena.call("GetQueryResults", request);
        List<String> columns =
                answer.at("/ResultSet/ResultSetMetadata/ColumnInfo").findValuesAsText("Name");
        List<List<@Nullable String>> rows = new ArrayList<>();
        for (JsonNode row : answer.at("/ResultSet/Rows")) {
            List<@Nullable String> values = new ArrayList<>();
            row.path("Data")
                    .forEach(
                            value ->
                                    values.add(
                                            value.has("VarCharValue")
                                                    ? value.path("VarCharValue").asText()
                                                    : null));
            rows.add(values);
        }
        if (next.isEmpty() && !rows.isEmpty() && rows.getFirst().equals(columns)) {
            rows.removeFirst();
        }
        return new Page(
                List.copyOf(columns),
                answer.at("/ResultSet/ResultSetMetadata/ColumnInfo").findValuesAsText("Type"),
                List.copyOf(rows),
                Optional.ofNullable(answer.path("NextToken").textValue()));
    }

    private static ObjectNode named(String id) {
        return JSON.createObjectNode().put("QueryExecutionId", id);
    }
}
