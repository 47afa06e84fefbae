package dev.freshet.cli.accept;

import static org.assertj.core.api.Assertions.contentOf;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.IntNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.sun.net.httpserver.HttpExchange;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.lake.FakeAws;
import dev.freshet.cli.lake.QueryRows;
import dev.freshet.lake.LakeTable;
import java.io.File;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;
import software.amazon.awssdk.services.dynamodb.model.ScanResponse;

/** What options add to a {@link FakeSite}: outputs, resources, addresses, commands and stores. */
final class FakeOptions {
    static final Map<String, Map<String, String>> RESOURCES =
            Map.of(
                    Stack.FUNCTION,
                    Map.of("Retain", "retain", "Scale", "scale"),
                    "AWS::WAFv2::WebACL",
                    Map.of("Acl", "acl"),
                    "AWS::ECS::Service",
                    Map.of("Worker", "worker"),
                    "AWS::DynamoDB::GlobalTable",
                    Map.of("EventsLeases", "leases-events", "ExamplesLeases", "leases-examples"));

    final FakeAws aws = new FakeAws();
    private final Fault fault;
    private int bulkRuns;

    FakeOptions(Fault fault) {
        this.fault = fault;
        AttributeValue ended = AttributeValue.fromS("SHARD_END");
        AttributeValue read = AttributeValue.fromS("49590338271490256608559692538361571095");
        String owner = fault == Fault.SHARD_UNOWNED ? "lastOwner" : "leaseOwner";
        Map<String, AttributeValue> shard =
                Map.of("checkpoint", read, owner, AttributeValue.fromS("worker-1"));
        ScanResponse leases =
                ScanResponse.builder()
                        .items(List.of(Map.of("checkpoint", ended), shard))
                        .consumedCapacity(of -> of.tableName("leases").capacityUnits(0.5))
                        .build();
        aws.on("Scan", ModelledAnswersTest.wire(leases));
        // The SDK's model of Step Functions is not here; a timeout has neither error nor cause.
        String status = fault == Fault.NIGHT_TIMED_OUT ? "TIMED_OUT" : "SUCCEEDED";
        ObjectNode night = Trial.object().put("executionArn", "night-1").put("status", status);
        aws.on("DescribeExecution", night.put("startDate", 1.796E9).toString());
    }

    Optional<String> output(String name, URI site) {
        return switch (name) {
            case "SignedApiUrl" -> Optional.of(site + "/signed/");
            case "SiteUrl" -> Optional.of(site + "/site");
            case "LakeNightArn", "BulkMachineArn", "BatchMachineArn" -> Optional.of("machine");
            default -> Optional.empty();
        };
    }

    /** Returns the status of what only an option answers; 0 where the API does. */
    int status(HttpExchange exchange) {
        String path = exchange.getRequestURI().getPath();
        if (path.startsWith("/signed/v1/")) {
            String signature = exchange.getRequestHeaders().getFirst("Authorization");
            String sigV4 = "AWS4-HMAC-SHA256 .*/execute-api/aws4_request.*";
            boolean signed = signature != null && signature.matches(sigV4);
            return signed || fault == Fault.UNSIGNED_PASSES ? 200 : 403;
        }
        if (!path.startsWith("/site/")) {
            boolean attack = exchange.getRequestURI().toString().contains("%7Bjndi%3A");
            return attack && fault != Fault.ATTACKS_PASS ? 403 : 0;
        }
        if (!path.startsWith("/site/v1/") && fault != Fault.PAGES_UNGUARDED) {
            exchange.getResponseHeaders().set("Content-Security-Policy", "default-src 'self'");
        }
        return switch (path) {
            case "/site/", "/site/dashboard/" -> 200;
            case "/site/v1/trending" -> 401;
            default -> 404;
        };
    }

    /** Returns what a command prints, or fails as one whose exit code is 1. */
    ObjectNode run(int arrived, String... words) {
        ObjectNode printed = Trial.object();
        switch (words[0] + " " + words[1]) {
            case "lake query" -> {
                List<JsonNode> row = List.of(IntNode.valueOf(arrived));
                return new QueryRows(List.of("n"), List.of(row), false).toJson();
            }
            case "lake settle" -> printed.put("execution", "night-1");
            case "lake doctor" -> require(Fault.ERASED_ROWS_LEFT);
            case "lake status" -> {
                printed.put("objectsAstray", fault == Fault.OBJECTS_ASTRAY ? 1 : 0);
                ObjectNode tables = printed.putObject("tables");
                for (LakeTable table : LakeTable.values()) {
                    tables.putObject(table.sqlName()).put("rows", arrived);
                }
            }
            case "batch start" -> {
                require(Fault.BATCH_FAILS);
                printed.put("status", "SUCCEEDED");
            }
            case "bulk --users" -> {
                bulkRuns += fault == Fault.LISTS_MADE_AGAIN ? 1 : 0;
                printed.put("run", "r-" + bulkRuns)
                        .put("lists", contentOf(new File(words[2])).lines().count());
            }
            default -> throw new AssertionError(String.join(" ", words));
        }
        return printed;
    }

    private void require(Fault other) {
        CommandException.require(fault != other, "the command ended with 1");
    }
}
