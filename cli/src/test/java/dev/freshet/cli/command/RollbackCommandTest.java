package dev.freshet.cli.command;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.option.DescribedFormats;
import dev.freshet.cli.CommandServer;
import dev.freshet.cli.CommandServer.Ran;
import dev.freshet.cli.lake.FakeAws;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AutoClose;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RollbackCommandTest {
    private static final JsonMapper JSON = new JsonMapper();
    private static final Instant DEPLOYED = Instant.parse("2026-12-01T10:00:00Z");
    private static final String PRESENT = DescribedFormats.ofThisRelease();

    @AutoClose private final FakeAws aws = new FakeAws().inPlaceOfAws();
    private final Map<String, Integer> live = new TreeMap<>();
    private final Map<String, List<ObjectNode>> versions = new TreeMap<>();
    private String status = "UPDATE_COMPLETE";
    private String updated = "<LastUpdatedTime>" + DEPLOYED + "</LastUpdatedTime>";
    private String weights = "{}";
    private String state = "Active";

    /** Features and Train were replaced by the last deployment, Collect by the one before. */
    @BeforeEach
    void aStackThatWasDeployedThreeTimes() {
        for (String function : List.of("Features", "Train", "Collect")) {
            publish(function, "2026-11-01T09:30:00.000+0000");
            publish(function, "2026-11-20T09:30:00.000+0000");
        }
        publish("Features", "2026-12-01T10:01:00.000+0000");
        publish("Train", "2026-12-01T10:02:00.000+0000");
        String output = "<member><OutputKey>KeysTableName</OutputKey><OutputValue>k</OutputValue>";
        aws.on(
                "DescribeStacks",
                _ ->
                        """
                        <DescribeStacksResponse><DescribeStacksResult><Stacks><member>
                        <StackName>shop</StackName>%s<StackStatus>%s</StackStatus>
                        <Outputs>%s</member></Outputs></member></Stacks></DescribeStacksResult>
                        </DescribeStacksResponse>"""
                                .formatted(updated, status, output));
        aws.on(
                "ListStackResources",
                _ ->
                        live.keySet().stream()
                                .map(RollbackCommandTest::alias)
                                .collect(
                                        Collectors.joining(
                                                "",
                                                "<ListStackResourcesResponse><ListStackResourcesResult><StackResourceSummaries>",
                                                "</StackResourceSummaries></ListStackResourcesResult></ListStackResourcesResponse>")));
    }

    private static String alias(String function) {
        return """
        <member><LogicalResourceId>%1$sLive</LogicalResourceId>\
        <ResourceType>AWS::Lambda::Alias</ResourceType>\
        <PhysicalResourceId>arn:aws:lambda:eu-west-1:1:function:shop-%1$s:live</PhysicalResourceId></member>"""
                .formatted(function);
    }

    /** Adds a version, to which the alias moves. */
    private ObjectNode publish(String function, String at) {
        List<ObjectNode> all = versions.computeIfAbsent(function, _ -> new ArrayList<>());
        ObjectNode version =
                JSON.createObjectNode()
                        .put("Version", String.valueOf(all.size() + 1))
                        .put("LastModified", at)
                        .put("Description", PRESENT);
        all.add(version);
        live.put(function, all.size());
        String path = "2015-03-31/functions/shop-" + function;
        aws.on(path + "/aliases/live", body -> move(function, body));
        aws.on(path + "/versions", _ -> listed(function));
        aws.on(path + "/configuration", _ -> "{\"State\":\"" + state + "\"}");
        aws.on(path, "");
        return version;
    }

    private String listed(String function) {
        ObjectNode latest =
                JSON.createObjectNode()
                        .put("Version", "$LATEST")
                        .put("LastModified", "2026-12-01T10:02:00.000+0000");
        ObjectNode answer = JSON.createObjectNode();
        answer.putArray("Versions").add(latest).addAll(versions.get(function));
        return answer.toString();
    }

    private String move(String function, String body) {
        try {
            if (!body.isEmpty()) {
                JsonNode request = JSON.readTree(body);
                assertThat(request.path("RevisionId").asText()).isEqualTo("r1");
                live.put(function, request.path("FunctionVersion").asInt());
            }
            return """
            {"FunctionVersion":"%d","RevisionId":"r1","RoutingConfig":{"AdditionalVersionWeights":%s}}"""
                    .formatted(live.get(function), weights);
        } catch (IOException damaged) {
            throw new IllegalArgumentException(damaged);
        }
    }

    /** Runs the command on the stack {@code shop}, whose clients ask what is in place of AWS. */
    private static Ran rollback(String... more) {
        List<String> words = new ArrayList<>(List.of("rollback", "--stack", "shop"));
        words.addAll(List.of(more));
        return CommandServer.alone(words.toArray(String[]::new));
    }

    @Test
    void whatTheLastDeploymentReplacedGoesBackAndTheRestStays() throws IOException {
        Ran ran = rollback("--json");

        assertThat(ran.code()).isZero();
        assertThat(live).isEqualTo(Map.of("Collect", 2, "Features", 2, "Train", 2));
        JsonNode json = JSON.readTree(ran.out());
        assertThat(json.path("before").asText()).isEqualTo(DEPLOYED.toString());
        assertThat(json.path("functions").findValuesAsText("function"))
                .containsExactly("Features", "Train");
        assertThat(json.at("/functions/0/from").asInt()).isEqualTo(3);

        Ran again = rollback();
        assertThat(again.out()).contains("Every function is at its version already");
        assertThat(live.values()).containsOnly(2);
    }

    @Test
    void aTimeGoesFurtherBackAndADryRunMovesNothing() {
        Ran dry = rollback("--before", "2026-11-10T00:00:00Z", "--dry-run");
        assertThat(dry.out()).contains("Collect      2 → 1", "Would go back to before 2026-11-10");
        assertThat(live).containsEntry("Features", 3);

        assertThat(rollback("--before", "2026-11-10T00:00:00Z").code()).isZero();
        assertThat(live.values()).containsOnly(1);
    }

    @Test
    void codeThatDoesNotReadWhatIsWrittenNowIsRefusedAndNothingMoves() {
        ObjectNode latest = requireNonNull(versions.get("Train")).getLast();
        latest.put("Description", "formats delta=2/2 snapshot=1/1");

        assertRefused("does not read (delta in version 2, of which it reads up to 1)");
        latest.put("Description", "");
        assertRefused("does not say which formats it knows");
    }

    @Test
    void whatIsUnderWayAsleepOrNewIsRefusedWithWhatToDo() {
        status = "UPDATE_IN_PROGRESS";
        assertRefused("aws cloudformation cancel-update-stack --stack-name shop");
        status = "UPDATE_ROLLBACK_FAILED";
        weights = "{\"4\":0.1}";
        assertRefused("aws deploy stop-deployment --auto-rollback-enabled");
        weights = "{}";
        state = "Inactive";
        assertRefused("aws lambda invoke --function-name shop-Features:2");
        updated = "";
        assertRefused("The stack 'shop' was deployed once");
        assertThat(CommandServer.alone("rollback").err()).contains("Name a stack on AWS");
    }

    private void assertRefused(String why) {
        Map<String, Integer> before = Map.copyOf(live);
        Ran ran = rollback();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err()).contains(why);
        assertThat(live).isEqualTo(before);
    }

    @Test
    void aRefusalOfLambdaIsToldAndTheNextRunGoesOn() {
        String alias = "2015-03-31/functions/shop-Train/aliases/live";
        aws.on(
                alias,
                body -> body.isEmpty() ? move("Train", body) : "{\"__type\":\"AccessDenied\"}");
        Ran ran = rollback();
        assertThat(ran.code()).isEqualTo(1);
        assertThat(ran.err())
                .contains(
                        "Lambda answered 400 to /2015-03-31/functions/shop-Train", "AccessDenied");
        assertThat(live).containsEntry("Features", 2).containsEntry("Train", 3);

        aws.on(alias, body -> move("Train", body));
        assertThat(rollback().code()).isZero();
        assertThat(live.values()).containsOnly(2);
    }

    @Test
    void pruningKeepsTheLiveVersionThoseAfterItAndThreeBefore() {
        for (int day = 2; day < 6; day++) {
            publish("Features", "2026-12-0" + day + "T10:00:00.000+0000");
        }
        live.put("Features", 6);
        assertThat(rollback("--prune", "--dry-run").out()).contains("Would delete 2 versions.");
        assertThat(rollback("--prune", "--json").out()).contains("\"deleted\":2");
        assertThat(aws.requests())
                .filteredOn(each -> each.equals("2015-03-31/functions/shop-Features "))
                .hasSize(2);
    }
}
