package dev.freshet.cli.command;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.cli.imports.LinesUpload;
import dev.freshet.console.CommandException;
import dev.freshet.console.Text;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * {@code freshet users}: writes users, describes who is like one, and exports and erases what is
 * stored about one, by the routes of {@code /v1/users}.
 */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description =
                "Writes users, describes who is like one, and exports and erases what is stored"
                        + " about one.")
public final class UsersCommand {
    private static final String ID = "Id of the user; put -- before one that begins with -.";

    /** Highest number of parts of an export, which hold some two million rows. */
    private static final int MAX_PARTS = 1_000;

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Writes users from a file that has one JSON object on each line: userId, and"
                        + " attributes, consent and aliases where there are any.",
                "Putting a file again changes nothing. The exit code is 3 if any line is refused."
            })
    int put(
            @Parameters(
                            paramLabel = "FILE",
                            description = "File with one JSON object on each line.")
                    Path file,
            @Mixin ApiOptions api)
            throws IOException, InterruptedException {
        return LinesUpload.users().send(file, api);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Describes the people who are like a user, and names none of them.")
    int similar(
            @Parameters(paramLabel = "ID", description = ID) String id,
            @Option(
                            names = "--count",
                            paramLabel = "N",
                            defaultValue = "10",
                            description =
                                    "Entries of each list, 1 to 100. Default: ${DEFAULT-VALUE}.")
                    int count,
            @Mixin ApiOptions api) {
        JsonNode group = api.get(path(id, "/similar?count=" + count)).body();
        Text text = new Text();
        text.add(
                group,
                group.has("withheld")
                        ? "Nothing is shown: {/withheld/text}"
                        : "At least {people:,d} people are like the user. At least so many of them"
                                + " have:");
        for (String kind : List.of("item", "tag", "author")) {
            for (JsonNode each : group.path(kind + "s")) {
                String name = each.path(kind).asText(each.path("itemId").asText());
                text.add(
                        "  %,5d  %-6s  %s",
                        each.path("people").asInt(), kind, each.path("title").asText(name));
            }
        }
        return api.print(group, text.toString());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Prints everything that is stored about a user, as JSON on standard output.")
    int export(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        ObjectNode all = api.get(path(id, "/export")).body().deepCopy();
        ArrayNode rows = all.withArray("interactions");
        for (int part = 1; all.has("next"); part++) {
            CommandException.require(
                    part < MAX_PARTS,
                    "There are more rows than this command joins: request the parts from the"
                            + " API, each with the parameter next.");
            String next = "/export?next=" + FreshetClient.segment(all.remove("next").asText());
            JsonNode answer = api.get(path(id, next)).body();
            answer.path("interactions").forEach(rows::add);
            if (answer.has("next")) {
                all.set("next", answer.get("next"));
            }
        }
        return api.print(all);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Erases a user from every store, and shows the receipt.")
    int erase(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        JsonNode receipt = api.delete(path(id, "")).body();
        Text text = new Text();
        text.add(receipt, "Erased, with {aliases:d} aliases; the erasure is {erasureId}.");
        for (JsonNode one : receipt.path("removed")) {
            boolean complete = one.path("complete").asBoolean();
            String more = complete ? "" : "; not complete in time: run the command again";
            text.add(one, "  {store:-13s} {count:,6d} removed" + more);
        }
        for (JsonNode one : receipt.path("remaining")) {
            text.add(one, "  {place:-16s} until {until}: {what}");
        }
        return api.print(receipt, text.toString());
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Shows which steps of the erasure of a user are complete.")
    int erasure(@Parameters(paramLabel = "ID", description = ID) String id, @Mixin ApiOptions api) {
        JsonNode state = api.get(path(id, "/erasure")).body();
        boolean complete = state.path("complete").asBoolean();
        Text text = new Text();
        text.add(
                state,
                !state.hasNonNull("completeAt")
                        ? "Not complete; the time is not known yet."
                        : complete ? "Complete since {completeAt}." : "Complete at {completeAt}.");
        state.path("steps")
                .forEachEntry(
                        (step, done) -> {
                            String how = done.path("done").asBoolean() ? "done" : "open";
                            text.add(done, "  %-13s %s {at}".formatted(step, how));
                        });
        return api.print(state, text.toString());
    }

    private static String path(String id, String rest) {
        return "/v1/users/" + FreshetClient.segment(id) + rest;
    }
}
