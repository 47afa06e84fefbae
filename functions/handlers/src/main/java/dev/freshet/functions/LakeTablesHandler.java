package dev.freshet.functions;

import com.amazonaws.services.lambda.runtime.Context;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Athena;
import dev.freshet.aws.Clients;
import dev.freshet.aws.JsonService;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.SignedHttp;
import dev.freshet.functions.runtime.Wiring;
import dev.freshet.lake.TableDefinition;
import dev.freshet.store.ObjectStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The function behind the custom resource that makes the tables of the lake: it has Athena run the
 * statements of the resource in their order, at a creation and at each change of them. Each of them
 * does nothing where what it makes is there; a table of a release before is then given the columns
 * that it lacks. Nothing is run where a column would have to change its type.
 *
 * <p>A deletion of the resource deletes no table: what becomes of the data is said by the policies
 * of the database and of the bucket. Only where the stack undoes the operation that made the tables
 * are their files and the results of the statements removed, because CloudFormation could not
 * delete the new bucket with them. A deletion does not fail.
 *
 * @see <a
 *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/crpg-ref.html">Custom
 *     resource reference</a>
 */
public final class LakeTablesHandler extends LoggedHandler {
    /** The longest time for all statements, less than the timeout of the function. */
    static final Duration BUDGET = Duration.ofMinutes(4);

    /** How long a statement that is refused is tried again: rights take a while to be in force. */
    static final Duration REFUSED = Duration.ofSeconds(60);

    private static final Duration PAUSE = Duration.ofSeconds(5);

    /** What Athena, Glue and S3 say of a right that is missing or not in force yet. */
    private static final Pattern DENIED =
            Pattern.compile("(?i)access ?denied|not authorized|permission");

    /** What they say of too many calls, and Athena of a bucket that was made a moment ago. */
    private static final Pattern PASSING =
            Pattern.compile(
                    "(?i)throttl|too ?many ?requests|rate exceeded|slow ?down"
                            + "|unable to verify/create output bucket");

    private static final Logger LOG = LoggerFactory.getLogger(LakeTablesHandler.class);
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final Pattern STATUS = Pattern.compile("<StackStatus>(\\w+)</StackStatus>");

    /** The characters of a reason that CloudFormation shows. */
    private static final int LONGEST_REASON = 1_000;

    /**
     * The objects up to which a bucket counts as new. Making the tables takes some forty, and the
     * delivery a few each five minutes; a bucket with more holds a lake in use, and keeps it.
     */
    static final int MAX_OBJECTS = 900;

    private final Statements statements;
    private final Tables tables;
    private final Answers answers;
    private final InstantSource clock;
    private final Athena.Pause pause;
    private final Stacks stacks;
    private final ObjectStore lake;

    /** Runs a statement to its end. */
    interface Statements {
        /** Runs one statement, for at most this long. */
        void run(String sql, Duration most) throws IOException;
    }

    /** Tells what the tables of the lake are. */
    interface Tables {
        /** Returns the types of a table's columns by their names; none if there is no table. */
        Map<String, String> columns(String database, String table) throws IOException;
    }

    /** Takes the answer for CloudFormation. */
    interface Answers {
        /** Puts the answer to the address that CloudFormation named. */
        void put(URI address, String json) throws IOException;
    }

    /** Tells how stacks are. */
    interface Stacks {
        /** Returns the status of a stack, such as {@code ROLLBACK_IN_PROGRESS}. */
        String status(String stackId) throws IOException;
    }

    public LakeTablesHandler() {
        this(new Wiring(Settings.fromEnvironment()));
    }

    public LakeTablesHandler(Wiring wiring) {
        Clients clients = wiring.stores().clients();
        this(
                athena(wiring.settings(), clients),
                (database, table) -> columns(clients, database, table),
                LakeTablesHandler::put,
                id -> status(clients, id),
                wiring.lakeObjects(),
                wiring.clock(),
                Thread::sleep);
    }

    LakeTablesHandler(
            Statements statements,
            Tables tables,
            Answers answers,
            Stacks stacks,
            ObjectStore lake,
            InstantSource clock,
            Athena.Pause pause) {
        this.statements = statements;
        this.tables = tables;
        this.answers = answers;
        this.stacks = stacks;
        this.lake = lake;
        this.clock = clock;
        this.pause = pause;
    }

    private static Statements athena(Settings settings, Clients clients) {
        String workgroup = settings.text(Setting.LAKE_WORKGROUP);
        String database = settings.text(Setting.LAKE_DATABASE);
        return (sql, most) ->
                new Athena(
                                clients.signed(Settings.Service.ATHENA, "athena"),
                                workgroup,
                                database,
                                Thread::sleep)
                        .run(sql, most);
    }

    @Override
    void work(InputStream in, OutputStream out, @Nullable Context context) throws IOException {
        JsonNode request = JSON.readTree(in);
        ObjectNode answer =
                JSON.createObjectNode()
                        .put("PhysicalResourceId", physicalId(request))
                        .put("StackId", request.path("StackId").asText())
                        .put("RequestId", request.path("RequestId").asText())
                        .put("LogicalResourceId", request.path("LogicalResourceId").asText());
        try {
            if (request.path("RequestType").asText().equals("Delete")) {
                removeIfUndone(request.path("StackId").asText());
            } else {
                run(statements(request));
            }
            answer.put("Status", "SUCCESS");
        } catch (IOException | RuntimeException failed) {
            LOG.error("The tables could not be made", failed);
            answer.put("Status", "FAILED").put("Reason", reason(failed));
        }
        answers.put(URI.create(request.path("ResponseURL").asText()), answer.toString());
    }

    /** Returns the id of the resource, which never changes, so that no change replaces it. */
    private static String physicalId(JsonNode request) {
        return request.path("PhysicalResourceId")
                .asText(request.at("/ResourceProperties/Database").asText());
    }

    private static List<String> statements(JsonNode request) {
        JsonNode statements = request.at("/ResourceProperties/Statements");
        return statements.valueStream().map(JsonNode::asText).toList();
    }

    private void run(List<String> all) throws IOException {
        Instant end = clock.instant().plus(BUDGET);
        List<String> complete = new ArrayList<>();
        for (String statement : all) {
            complete.add(statement);
            TableDefinition table = TableDefinition.of(statement).orElse(null);
            if (table != null) {
                retried(
                        _ -> {
                            Map<String, String> present =
                                    tables.columns(table.database(), table.name());
                            if (!present.isEmpty()) {
                                table.additions(present).ifPresent(complete::add);
                            }
                        },
                        end);
            }
        }
        for (String statement : complete) {
            retried(left -> statements.run(statement, left), end);
        }
    }

    /** What may be refused for a while. */
    private interface Step {
        void take(Duration most) throws IOException;
    }

    /** Takes a step, which has all the time that is left. */
    private void retried(Step step, Instant end) throws IOException {
        Instant begun = clock.instant();
        while (true) {
            Duration left = Duration.between(clock.instant(), end);
            if (!left.isPositive()) {
                throw new IOException("the statements took more than " + BUDGET.toSeconds() + " s");
            }
            try {
                step.take(left);
                return;
            } catch (IOException failed) {
                String why = String.valueOf(failed.getMessage());
                if (!(DENIED.matcher(why).find() || PASSING.matcher(why).find())
                        || clock.instant().isAfter(begun.plus(REFUSED))) {
                    throw failed;
                }
                LOG.warn("A statement is tried again: {}", why);
                pause();
            }
        }
    }

    private void pause() throws IOException {
        try {
            pause.pause(PAUSE);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }

    /** Empties a bucket that the stack made in the operation that it undoes now. */
    private void removeIfUndone(String stackId) {
        try {
            if (stacks.status(stackId).contains("ROLLBACK")) {
                List<String> keys = lake.keys("", MAX_OBJECTS + 1);
                if (keys.size() > MAX_OBJECTS) {
                    LOG.warn("The bucket of the lake is in use and was not emptied");
                } else {
                    keys.forEach(lake::remove);
                }
            }
        } catch (IOException | RuntimeException failed) {
            LOG.error("The bucket of the lake could not be emptied", failed);
        }
    }

    /**
     * Asks CloudFormation, which has no requests in JSON.
     *
     * @see <a
     *     href="https://docs.aws.amazon.com/AWSCloudFormation/latest/APIReference/API_DescribeStacks.html">DescribeStacks</a>
     */
    private static String status(Clients clients, String stackId) throws IOException {
        SignedHttp.Response response =
                clients.signed(Settings.Service.CLOUDFORMATION, "cloudformation")
                        .form("DescribeStacks", "2010-05-15", Map.of("StackName", stackId));
        Matcher status = STATUS.matcher(response.body());
        if (response.status() != 200 || !status.find()) {
            throw new IOException("CloudFormation answered with status " + response.status());
        }
        return status.group(1);
    }

    private static String reason(Exception failed) {
        String why = String.valueOf(failed.getMessage()).strip();
        String text =
                why.replaceFirst("[.]?$", ".")
                        + (DENIED.matcher(why).find()
                                ? " If Lake Formation governs this account, run ./freshet lake"
                                        + " doctor --stack NAME."
                                : "");
        return text.length() <= LONGEST_REASON ? text : text.substring(0, LONGEST_REASON);
    }

    /**
     * Asks Glue. It lists the columns that an Iceberg table had once, too.
     *
     * @see <a href="https://docs.aws.amazon.com/glue/latest/webapi/API_GetTable.html">GetTable</a>
     */
    private static Map<String, String> columns(Clients clients, String database, String table)
            throws IOException {
        ObjectNode request =
                JSON.createObjectNode().put("DatabaseName", database).put("Name", table);
        Map<String, String> columns = new HashMap<>();
        try {
            new JsonService(clients.signed(Settings.Service.GLUE, "glue"), "AWSGlue", "1.1")
                    .call("GetTable", request)
                    .at("/Table/StorageDescriptor/Columns")
                    .valueStream()
                    .filter(each -> each.at("/Parameters/iceberg.field.current").asBoolean(true))
                    .forEach(
                            each ->
                                    columns.put(
                                            each.path("Name").asText(),
                                            each.path("Type").asText()));
        } catch (JsonService.RefusedException refused) {
            if (!refused.code().equals("EntityNotFoundException")) {
                throw refused;
            }
        }
        return columns;
    }

    /** Puts without a content type, which is not part of the signature of the address. */
    private static void put(URI address, String json) throws IOException {
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> response =
                    http.send(
                            HttpRequest.newBuilder(address)
                                    .timeout(Duration.ofSeconds(10))
                                    .PUT(
                                            HttpRequest.BodyPublishers.ofString(
                                                    json, StandardCharsets.UTF_8))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IOException(
                        "CloudFormation's address answered with status " + response.statusCode());
            }
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IOException(interrupted);
        }
    }
}
