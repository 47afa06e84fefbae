package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.ConnectionOptions;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet users}: writes users, describes who is like one, and exports and erases what is
 * stored about one.
 */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description =
                "Writes users, describes who is like one, and exports and erases what is stored about"
                        + " one.",
        subcommands = {
            PutUsersCommand.class,
            SimilarUsersCommand.class,
            UsersCommand.ExportCommand.class,
            UsersCommand.EraseCommand.class,
            UsersCommand.ErasureCommand.class
        })
final class UsersCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new CommandException(
                "Name what to do: 'freshet users put FILE', similar ID, export ID, erase ID or erasure ID.");
    }

    /** The user, the stack and the output: what all subcommands have. */
    private static final class UserOptions {
        @Parameters(
                paramLabel = "ID",
                description = "Id of the user; put -- before one that begins with -.")
        @SuppressWarnings("NullAway.Init")
        private String id;

        @Mixin private final ConnectionOptions stack = new ConnectionOptions();

        @Mixin private final Output output = new Output();

        private String path(String rest) {
            return "/v1/users/" + FreshetClient.segment(id) + rest;
        }
    }

    /** {@code GET /v1/users/{id}/export}, all parts joined. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description =
                    "Prints everything that is stored about a user, as JSON on standard output.")
    static final class ExportCommand implements Callable<Integer> {
        /** Highest number of parts, which hold some two million rows. */
        private static final int MAX_PARTS = 1_000;

        @Mixin private final UserOptions user = new UserOptions();

        @Override
        public Integer call() {
            ApiResponse first = user.stack.call(client -> client.get(user.path("/export")));
            ObjectNode all = first.body().deepCopy();
            ArrayNode rows = all.withArray("interactions");
            for (int part = 1; all.has("next"); part++) {
                if (part == MAX_PARTS) {
                    throw new CommandException(
                            "There are more rows than this command joins: request the parts from the API,"
                                    + " each with the parameter next.");
                }
                String next = URLEncoder.encode(all.path("next").asText(), StandardCharsets.UTF_8);
                ApiResponse answer =
                        user.stack.call(
                                client -> client.get(user.path("/export") + "?next=" + next));
                rows.addAll((ArrayNode) answer.body().withArray("interactions"));
                all.remove("next");
                if (answer.body().has("next")) {
                    all.set("next", answer.body().get("next"));
                }
            }
            user.output.result(all, all.toPrettyString());
            return 0;
        }
    }

    /** {@code DELETE /v1/users/{id}}. */
    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description = "Erases a user from every store, and shows the receipt.")
    static final class EraseCommand implements Callable<Integer> {
        @Mixin private final UserOptions user = new UserOptions();

        @Override
        public Integer call() {
            JsonNode receipt = user.stack.call(client -> client.delete(user.path(""))).body();
            StringBuilder text =
                    new StringBuilder(
                            "Erased, with %d aliases; the erasure is %s."
                                    .formatted(
                                            receipt.path("aliases").asInt(),
                                            receipt.path("erasureId").asText()));
            for (JsonNode one : receipt.path("removed")) {
                text.append(
                        "%n  %-13s %,6d removed%s"
                                .formatted(
                                        one.path("store").asText(),
                                        one.path("count").asInt(),
                                        one.path("complete").asBoolean()
                                                ? ""
                                                : "; not complete in time: run the command again"));
            }
            for (JsonNode one : receipt.path("remaining")) {
                text.append(
                        "%n  %-16s until %s: %s"
                                .formatted(
                                        one.path("place").asText(),
                                        one.path("until").asText(),
                                        one.path("what").asText()));
            }
            user.output.result(receipt, text.toString());
            return 0;
        }
    }

    /** {@code GET /v1/users/{id}/erasure}. */
    @Command(
            name = "erasure",
            mixinStandardHelpOptions = true,
            description = "Shows which steps of the erasure of a user are complete.")
    static final class ErasureCommand implements Callable<Integer> {
        @Mixin private final UserOptions user = new UserOptions();

        @Override
        public Integer call() {
            JsonNode state = user.stack.call(client -> client.get(user.path("/erasure"))).body();
            StringBuilder text =
                    new StringBuilder(
                            state.path("complete").asBoolean()
                                    ? "Complete since " + state.path("completeAt").asText() + "."
                                    : state.has("completeAt")
                                            ? "Complete at "
                                                    + state.path("completeAt").asText()
                                                    + "."
                                            : "Not complete; the time is not known yet.");
            state.path("steps")
                    .properties()
                    .forEach(
                            step ->
                                    text.append(
                                            "%n  %-13s %s %s"
                                                    .formatted(
                                                            step.getKey(),
                                                            step.getValue().path("done").asBoolean()
                                                                    ? "done"
                                                                    : "open",
                                                            step.getValue()
                                                                    .path("at")
                                                                    .asText(""))));
            user.output.result(state, text.toString());
            return 0;
        }
    }
}
