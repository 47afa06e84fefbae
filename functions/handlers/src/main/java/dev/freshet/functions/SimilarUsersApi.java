package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.json.Identifier;
import dev.freshet.recommend.SimilarUsers;
import dev.freshet.recommend.UserGroup;
import dev.freshet.recommend.UserGroup.Counted;
import dev.freshet.recommend.UserGroup.Untold;
import java.util.List;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * Describes the people who are like a user: {@code GET /v1/users/{id}/similar}.
 *
 * @param ids maps a user id, as clients send it, to the id that is stored
 */
record SimilarUsersApi(Supplier<SimilarUsers> flow, UnaryOperator<String> ids) {
    /** Entries of each list without {@code count}. */
    private static final int USUAL = 20;

    HttpResponse describe(HttpRequest request) {
        String id = request.id(Identifier.USER, "bad-user-id");
        int count = PageRequest.count(request, USUAL);
        return HttpResponse.json(200, json(id, flow.get().describe(ids.apply(id), count)));
    }

    private static ObjectNode json(String id, UserGroup group) {
        ObjectNode json =
                JsonNodeFactory.instance
                        .objectNode()
                        .put("userId", id)
                        .put("people", group.people());
        put(json.putArray("items"), "itemId", group.items());
        put(json.putArray("tags"), "tag", group.tags());
        put(json.putArray("authors"), "author", group.authors());
        if (group.segment() != null) {
            json.set("segment", ExplanationJson.segment(group.segment()));
        }
        json.putObject("model").put("version", group.modelVersion());
        if (group.untold() != null) {
            json.putObject("withheld")
                    .put("code", code(group.untold()))
                    .put("text", text(group.untold()));
        }
        return json;
    }

    private static void put(ArrayNode array, String name, List<Counted> counts) {
        for (Counted counted : counts) {
            ObjectNode one = array.addObject().put(name, counted.id());
            if (counted.title() != null) {
                one.put("title", counted.title());
            }
            one.put("people", counted.people());
        }
    }

    private static String code(Untold why) {
        return switch (why) {
            case REFUSED -> "personalisation-refused";
            case NO_HISTORY -> "no-history";
            case TOO_FEW_PEOPLE -> "too-few-people";
        };
    }

    private static String text(Untold why) {
        return switch (why) {
            case REFUSED -> "A profile of the user refuses personalisation.";
            case NO_HISTORY -> "Nothing is known that the user likes.";
            case TOO_FEW_PEOPLE ->
                    "Fewer people than may be described have something in common with the user.";
        };
    }
}
