package dev.freshet.cli.imports;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;

/**
 * The rows of a DuckDB query, each as a line of JSON with the columns as its members. Rows come in
 * the order of their column {@code occurredAt}, those of one time in the order of their text, so
 * that a row has the same number each time the query runs over the same files.
 *
 * <p>DuckDB is looked up by JDBC on the class path: {@code ./freshet} of a checkout has it for the
 * local lake, and the manifest of {@code freshet-cli.jar} names {@code duckdb_jdbc.jar} beside it,
 * so the 80 MB are downloaded by those alone who need them, and no code fetches or verifies
 * anything. A query is one SELECT: it reads files, writes none, and loads no extension.
 */
final class QueryInput implements Input {
    /** The columns that tell events, items and users apart. */
    private static final List<String> NEEDED = List.of("occurredAt", "itemId", "userId");

    /** Keeps a query from loading code and from changing this; only what the jar has is there. */
    private static final List<String> SETTINGS =
            List.of(
                    "TimeZone = 'UTC'",
                    "autoinstall_known_extensions = false",
                    "autoload_known_extensions = false",
                    "lock_configuration = true");

    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final long total;
    private final ResultSet rows;
    private long number;

    private QueryInput(Connection connection, String sql) throws SQLException {
        this.connection = connection;
        // all statements are closed with the connection
        Statement statement = connection.createStatement();
        for (String setting : SETTINGS) {
            statement.execute("SET " + setting);
        }
        requireSelect(connection, sql);
        List<String> columns = columns(statement, sql);
        ResultSet count = statement.executeQuery("SELECT count(*) FROM (%s)".formatted(sql));
        count.next();
        total = count.getLong(1);
        String time = columns.contains(NEEDED.getFirst()) ? "r.occurredAt, " : "";
        rows =
                statement.executeQuery(
                        "SELECT CAST(to_json(r) AS VARCHAR) AS line FROM (%s) AS r ORDER BY %sline"
                                .formatted(sql, time));
    }

    /**
     * Runs a query.
     *
     * @throws CommandException if there is no DuckDB, it refuses the query, or the query gives
     *     neither events nor items nor users
     */
    static Input open(String query) {
        String sql = query.strip().replaceFirst(";$", "") + "\n"; // ends a comment
        Properties properties = new Properties();
        properties.setProperty("jdbc_stream_results", "true");
        Connection connection;
        try {
            connection = DriverManager.getConnection("jdbc:duckdb:", properties);
        } catch (SQLException absent) {
            throw new CommandException(
                    "--query needs DuckDB: run './freshet' of a checkout, or put duckdb_jdbc.jar"
                            + " beside freshet-cli.jar (docs/import.md says where from).",
                    absent);
        }
        try {
            return new QueryInput(connection, sql);
        } catch (SQLException refused) {
            close(connection);
            throw failed(refused);
        } catch (CommandException refused) {
            close(connection);
            throw refused;
        }
    }

    /**
     * Checks by DuckDB's own parser that a text is one SELECT, before any of it runs: with a second
     * statement it could write files.
     */
    private static void requireSelect(Connection connection, String sql) throws SQLException {
        try (PreparedStatement parser =
                connection.prepareStatement(
                        "SELECT CAST(json_serialize_sql(CAST(? AS VARCHAR)) AS VARCHAR)")) {
            parser.setString(1, sql);
            ResultSet parsed = parser.executeQuery();
            parsed.next();
            JsonNode tree = JSON.readTree(parsed.getString(1));
            CommandException.require(
                    tree.path("statements").size() == 1,
                    "--query takes one SELECT over files of this machine, and nothing beside it%s",
                    tree.has("error_message")
                            ? " (%s).".formatted(tree.path("error_message").asText())
                            : ".");
        } catch (JsonProcessingException unreadable) {
            throw new IllegalStateException("DuckDB's parser gave no JSON", unreadable);
        }
    }

    private static List<String> columns(Statement statement, String sql) throws SQLException {
        ResultSetMetaData described =
                statement.executeQuery("SELECT * FROM (%s) LIMIT 0".formatted(sql)).getMetaData();
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= described.getColumnCount(); i++) {
            columns.add(described.getColumnLabel(i));
        }
        CommandException.require(
                columns.stream().anyMatch(NEEDED::contains),
                "The query gives the columns %s: events need occurredAt, items itemId, users userId.",
                String.join(", ", columns));
        return columns;
    }

    @Override
    public Optional<InputLine> next() {
        try {
            return rows.next()
                    ? Optional.of(InputLine.of(++number, rows.getString(1)))
                    : Optional.empty();
        } catch (SQLException damaged) {
            throw failed(damaged);
        }
    }

    @Override
    public long done() {
        return number;
    }

    @Override
    public long total() {
        return total;
    }

    @Override
    public void close() {
        close(connection);
    }

    private static void close(Connection connection) {
        try {
            connection.close();
        } catch (SQLException failed) {
            throw failed(failed);
        }
    }

    private static CommandException failed(SQLException refused) {
        String why = String.valueOf(refused.getMessage()).strip();
        return new CommandException(
                "DuckDB refused the query: "
                        + why
                        + (why.contains("xtension")
                                ? " Extensions are not loaded: download the files, or convert them,"
                                        + " and query these."
                                : ""),
                refused);
    }
}
