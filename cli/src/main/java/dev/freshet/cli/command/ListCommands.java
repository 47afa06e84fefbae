package dev.freshet.cli.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.connection.ApiOptions;
import dev.freshet.console.CommandException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * The commands that request a list of items: {@code recommend}, {@code explain}, {@code rank},
 * {@code similar}, {@code lists} and {@code trending}, each by calls of its route.
 */
@Command
final class ListCommands {
    private static final String RECOMMENDATIONS = "/v1/recommendations";
    private static final int MAX_PAGES = 10;
    private static final String LOOKED_AT = "Id of the item that the user is looking at.";

    private ListCommands() {}

    /** Returns the commands. */
    static List<CommandLine> all() {
        Map<String, CommandLine> commands = new CommandLine(new ListCommands()).getSubcommands();
        return Stream.of("recommend", "explain", "rank", "similar", "lists", "trending")
                .map(commands::get)
                .toList();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Requests recommendations, and shows the reasons for each item.")
    static int recommend(
            @Option(names = "--item", paramLabel = "ID", description = LOOKED_AT)
                    @Nullable String item,
            @Option(
                            names = "--pages",
                            paramLabel = "N",
                            defaultValue = "1",
                            description =
                                    "Number of pages of one list, 1 to 10, each of --count items."
                                            + " Default: ${DEFAULT-VALUE}.")
                    int pages,
            @Mixin RequestOptions request,
            @Mixin FormOptions form,
            @Mixin ApiOptions api) {
        boolean allowed = pages >= 1 && pages <= MAX_PAGES;
        CommandException.require(allowed, "--pages takes a number from 1 to %d.", MAX_PAGES);
        ObjectNode body = request.body(item);
        form.addTo(body);
        if (pages == 1) {
            return print(api.post(RECOMMENDATIONS, body), api);
        }
        body.put("paged", true);
        List<JsonNode> all = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        boolean more = true;
        while (more && all.size() < pages) {
            ApiResponse page = api.post(RECOMMENDATIONS, body);
            all.add(page.body());
            texts.add(ItemsText.of(page));
            more = page.body().hasNonNull("next");
            body.set("page", page.body().path("next"));
        }
        return api.output().result(Map.of("pages", all), String.join("\n\n", texts));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Explains the list that a user gets now: what every stage did, and with --item"
                            + " why an item is in the list or not.")
    static int explain(
            @Option(
                            names = "--item",
                            paramLabel = "ID",
                            description =
                                    "Id of the item whose way through the stages is explained.")
                    @Nullable String item,
            @Option(names = "--looking-at", paramLabel = "ID", description = LOOKED_AT)
                    @Nullable String lookedAt,
            @Option(
                            names = "--list",
                            paramLabel = "ID",
                            description =
                                    "Id of a list that was shown, recommendationId in its answer:"
                                            + " its draws are repeated.")
                    @Nullable String list,
            @Mixin RequestOptions request,
            @Mixin ApiOptions api) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        body.set("request", request.body(lookedAt));
        RequestOptions.put(body, "itemId", item);
        RequestOptions.put(body, "recommendationId", list);
        JsonNode answer = api.post(RECOMMENDATIONS + "/explain", body).body();
        return api.print(answer, ExplanationText.of(answer));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Puts the given items into the order for a user, and says of each why"
                            + " recommendations would withhold it.")
    static int rank(
            @Parameters(paramLabel = "ID", arity = "1..500", description = "Ids of the items.")
                    List<String> items,
            @Option(
                            names = "--drop",
                            description =
                                    "Leaves out the items that recommendations would withhold.")
                    boolean drop,
            @Option(names = "--looking-at", paramLabel = "ID", description = LOOKED_AT)
                    @Nullable String lookedAt,
            @Mixin RequestOptions request,
            @Mixin FormOptions form,
            @Mixin ApiOptions api) {
        ObjectNode body = request.body(lookedAt);
        body.remove(Set.of("count", "diversity"));
        items.forEach(body.putArray("itemIds")::add);
        form.addTo(body);
        if (drop) {
            body.put("drop", true);
        }
        return print(api.post("/v1/rank", body), api);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Requests items that are similar to an item.")
    static int similar(
            @Parameters(
                            paramLabel = "ITEM",
                            description = "Id of the item; put -- before one that begins with -.")
                    String item,
            @Mixin GetOptions request,
            @Mixin ApiOptions api) {
        String path = "/v1/items/" + FreshetClient.segment(item) + "/similar";
        return print(api.get(request.path(path, "")), api);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Requests a list that is the same for all users, of all items or of a tag:"
                            + " latest, popular, liked, top-rated, trending.")
    static int lists(
            @Parameters(paramLabel = "LIST", description = "Name of the list, such as popular.")
                    String list,
            @Option(
                            names = "--period",
                            paramLabel = "NAME",
                            description =
                                    "Time over which popular items are counted: hour, day, week or month.")
                    @Nullable String period,
            @Option(
                            names = "--filter",
                            paramLabel = "JSON",
                            description =
                                    "Filter of the items, such as {\"field\":\"type\",\"is\":\"article\"}.")
                    @Nullable String filter,
            @Mixin AudienceOptions audience,
            @Mixin GetOptions request,
            @Mixin ApiOptions api) {
        String parameters =
                FreshetClient.parameter("period", period)
                        + audience.parameters()
                        + FreshetClient.parameter("filter", filter);
        String path = request.path("/v1/lists/" + FreshetClient.segment(list), parameters);
        return print(api.get(path), api);
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Requests trending items, of all users or of a country, of all items or of a tag.")
    static int trending(
            @Mixin AudienceOptions audience, @Mixin GetOptions request, @Mixin ApiOptions api) {
        String path = request.path("/v1/trending", audience.parameters());
        return print(api.get(path), api);
    }

    private static int print(ApiResponse answer, ApiOptions api) {
        return api.print(answer.body(), ItemsText.of(answer));
    }

    /** The options of what a response says of each item, and in which language. */
    static final class FormOptions {
        @Option(
                names = "--fields",
                paramLabel = "NAME",
                split = ",",
                description =
                        "What the response says of each item, separated by commas: title, tags,"
                                + " type, author, publishedAt, attributes.NAME, score, reasons,"
                                + " movedBy.")
        private @Nullable List<String> fields;

        @Option(
                names = "--language",
                paramLabel = "TAG",
                description = "Language of the reasons, such as de or pt-BR.")
        private @Nullable String language;

        private void addTo(ObjectNode body) {
            if (fields != null) {
                fields.forEach(body.putArray("fields")::add);
            }
            RequestOptions.put(body, "language", language);
        }
    }

    /** The options of a request by {@code GET}. */
    static final class GetOptions {
        @Option(
                names = "--count",
                paramLabel = "N",
                description = "Number of items, 1 to 100. Default: ${DEFAULT-VALUE}.")
        private int count = 10;

        @Mixin private final FormOptions form = new FormOptions();

        /**
         * Returns a path with its query.
         *
         * @param parameters further ones, each with its leading {@code &}
         */
        private String path(String path, String parameters) {
            List<String> fields = form.fields;
            return path
                    + "?count="
                    + count
                    + parameters
                    + FreshetClient.parameter(
                            "fields", fields == null ? null : String.join(",", fields))
                    + FreshetClient.parameter("language", form.language);
        }
    }

    /** The options of a list that is the same for all users: of which country, of which items. */
    static final class AudienceOptions {
        @Option(
                names = "--country",
                paramLabel = "CC",
                description = "Country of the users: two letters, such as BR.")
        private @Nullable String country;

        @Option(names = "--tag", paramLabel = "TAG", description = "Only items with this tag.")
        private @Nullable String tag;

        private String parameters() {
            return FreshetClient.parameter("country", country)
                    + FreshetClient.parameter("tag", tag);
        }
    }

    /** The options that make a request for recommendations: who asks, where and for what. */
    static final class RequestOptions {
        private static final ObjectMapper JSON = new ObjectMapper();

        @Option(names = "--user", paramLabel = "ID", description = "Id of a user.")
        private @Nullable String user;

        @Option(
                names = "--anonymous",
                paramLabel = "ID",
                description = "Id of an anonymous user, which begins with anon-.")
        private @Nullable String anonymous;

        @Option(
                names = "--count",
                paramLabel = "N",
                description = "Number of items, 1 to 100. Default: ${DEFAULT-VALUE}.")
        private int count = 10;

        @Option(
                names = "--session",
                paramLabel = "ID",
                split = ",",
                description = "Ids of items just viewed, newest last, separated by commas.")
        private List<String> session = List.of();

        @Option(
                names = "--country",
                paramLabel = "CC",
                description = "Country of the user: two letters, such as BR.")
        private @Nullable String country;

        @Option(
                names = "--device",
                paramLabel = "NAME",
                description = "Device of the user: desktop, mobile, tablet or tv.")
        private @Nullable String device;

        @Option(
                names = "--filter",
                paramLabel = "JSON",
                description =
                        "Filter of the items, such as {\"field\":\"tags\",\"contains\":\"football\"}.")
        private @Nullable String filter;

        @Option(
                names = "--diversity",
                paramLabel = "0..1",
                description = "How much the items differ from each other: 0 ranks by score alone.")
        private @Nullable Double diversity;

        @Option(
                names = "--placement",
                paramLabel = "NAME",
                description = "The place on the site that the list is for.")
        private @Nullable String placement;

        /**
         * Returns the body of the request.
         *
         * @param lookedAt id of the item that the user is looking at, or null
         * @throws CommandException for a filter that is not JSON
         */
        ObjectNode body(@Nullable String lookedAt) {
            ObjectNode body = JSON.createObjectNode().put("count", count);
            put(body, "userId", user);
            put(body, "anonymousId", anonymous);
            put(body, "placement", placement);
            put(body, "itemId", lookedAt);
            ObjectNode context = JSON.createObjectNode();
            put(context, "country", country);
            put(context, "device", device);
            if (!context.isEmpty()) {
                body.set("context", context);
            }
            if (!session.isEmpty()) {
                var items = body.putObject("session").putArray("items");
                session.forEach(id -> items.addObject().put("itemId", id));
            }
            if (filter != null) {
                try {
                    body.set("filter", JSON.readTree(filter));
                } catch (JsonProcessingException e) {
                    throw new CommandException(
                            "--filter is not JSON: " + e.getOriginalMessage(), e);
                }
            }
            if (diversity != null) {
                body.put("diversity", diversity);
            }
            return body;
        }

        /** Adds a member that is given. */
        static void put(ObjectNode into, String name, @Nullable String value) {
            if (value != null) {
                into.put(name, value);
            }
        }
    }
}
