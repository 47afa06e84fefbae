package dev.freshet.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code freshet users}: what a person may ask for. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = "Exports and erases persons.",
        subcommands = {
            UsersCommand.ExportCommand.class,
            UsersCommand.EraseCommand.class,
            UsersCommand.ErasureCommand.class
        })
final class UsersCommand implements Callable<Integer> {
    @Override
    public Integer call() {
        throw new CommandException(
                "Say what to do: './freshet users export ID', or erase, or erasure.");
    }

    /** Whose it is, which API, and how the answer is told. */
    private static final class Asked {
        @Parameters(paramLabel = "ID", description = "One that begins with - goes after --.")
        @SuppressWarnings("NullAway.Init")
        private String id;

        @Mixin private final ApiOptions api = new ApiOptions();

        @Mixin private final Output output = new Output();

        private String path(String rest) {
            return "/v1/users/" + FreshetClient.segment(id) + rest;
        }
    }

    /** Every part of {@code GET /v1/users/{id}/export}, as one. */
    @Command(
            name = "export",
            mixinStandardHelpOptions = true,
            description = "Tells everything that is held of a person, as JSON on standard output.")
    static final class ExportCommand implements Callable<Integer> {
        /** Most parts asked for: some two million rows. */
        private static final int MAX_PARTS = 1_000;

        @Mixin private final Asked asked = new Asked();

        @Override
        public Integer call() {
            ApiResponse first = asked.api.call(client -> client.get(asked.path("/export")));
            ObjectNode all = first.body().deepCopy();
            ArrayNode rows = all.withArray("interactions");
            for (int part = 1; all.has("next"); part++) {
                if (part == MAX_PARTS) {
                    throw new CommandException(
                            "There are more rows than fit; ask the API part by part, by next.");
                }
                String next = URLEncoder.encode(all.path("next").asText(), StandardCharsets.UTF_8);
                ApiResponse answer =
                        asked.api.call(
                                client -> client.get(asked.path("/export") + "?next=" + next));
                rows.addAll((ArrayNode) answer.body().withArray("interactions"));
                all.remove("next");
                if (answer.body().has("next")) {
                    all.set("next", answer.body().get("next"));
                }
            }
            asked.output.result(all, all.toPrettyString());
            return 0;
        }
    }

    /** {@code DELETE /v1/users/{id}}. */
    @Command(
            name = "erase",
            mixinStandardHelpOptions = true,
            description = "Erases a person from every store, and shows the receipt.")
    static final class EraseCommand implements Callable<Integer> {
        @Mixin private final Asked asked = new Asked();

        @Override
        public Integer call() {
            JsonNode receipt = asked.api.call(client -> client.delete(asked.path(""))).body();
            StringBuilder text =
                    new StringBuilder(
                            "Erased with %d aliases, as %s."
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
                                                : "; time ran out, call again"));
            }
            for (JsonNode one : receipt.path("remaining")) {
                text.append(
                        "%n  %-16s until %s: %s"
                                .formatted(
                                        one.path("place").asText(),
                                        one.path("until").asText(),
                                        one.path("what").asText()));
            }
            asked.output.result(receipt, text.toString());
            return 0;
        }
    }

    /** {@code GET /v1/users/{id}/erasure}. */
    @Command(
            name = "erasure",
            mixinStandardHelpOptions = true,
            description = "Tells how far a person's erasure has come.")
    static final class ErasureCommand implements Callable<Integer> {
        @Mixin private final Asked asked = new Asked();

        @Override
        public Integer call() {
            JsonNode state = asked.api.call(client -> client.get(asked.path("/erasure"))).body();
            StringBuilder text =
                    new StringBuilder(
                            state.path("complete").asBoolean()
                                    ? "Complete since " + state.path("completeAt").asText() + "."
                                    : state.has("completeAt")
                                            ? "Complete at "
                                                    + state.path("completeAt").asText()
                                                    + "."
                                            : "Not complete; when is not known yet.");
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
            asked.output.result(state, text.toString());
            return 0;
        }
    }
}
