package dev.freshet.functions;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.event.EventTypes;
import dev.freshet.features.Interactions;
import dev.freshet.features.Interactions.Position;
import dev.freshet.features.StoredInteraction;
import dev.freshet.functions.PageRequest.PageCursor;
import dev.freshet.functions.Problem.ProblemException;
import dev.freshet.json.Identifier;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lists the interactions of a user and of the latest aliases, newest first: {@code GET
 * /v1/users/{id}/interactions}. Rows from before the user's latest erasure, which may be under way,
 * are left out.
 *
 * <p>A page costs one query for the user and for each of at most {@value UserProfile#READ_ALIASES}
 * aliases, each of at most as many rows as the page has.
 *
 * @param ids maps a user id, as clients send it, to the id that is stored
 * @param types the types of events, which the list names
 */
record UserInteractionsApi(
        Interactions interactions, Users users, UnaryOperator<String> ids, EventTypes types) {
    HttpResponse list(HttpRequest request) {
        String id = request.id(Identifier.USER, "bad-user-id");
        String stored = ids.apply(id);
        String list = "interactions " + stored;
        PageRequest asked = PageRequest.of(request, list);
        @Nullable Position before = asked.after().map(UserInteractionsApi::position).orElse(null);
        UserProfile own = users.get(stored);
        List<StoredInteraction> found = new ArrayList<>(rows(own, before, asked.count()));
        for (String alias : own.latestAliases()) {
            found.addAll(rows(users.get(alias), before, asked.count()));
        }
        found.sort(Comparator.comparing(Position::of).reversed());
        List<StoredInteraction> page = found.subList(0, Math.min(asked.count(), found.size()));

        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("userId", id);
        ArrayNode rows = answer.putArray("interactions");
        page.forEach(row -> rows.add(PrivacyJson.row(row, types, false)));
        if (page.size() == asked.count()) {
            answer.put("next", PageCursor.of(list, text(Position.of(page.getLast()))));
        }
        return HttpResponse.json(200, answer);
    }

    private List<StoredInteraction> rows(UserProfile of, @Nullable Position before, int count) {
        Instant erased = of.erasedAt();
        return interactions.newest(of.userId(), before, count).stream()
                .filter(row -> erased == null || row.receivedAt().isAfter(erased))
                .toList();
    }

    private static String text(Position position) {
        return position.occurredAt() + " " + position.eventId();
    }

    private static Position position(String text) {
        int space = text.indexOf(' ');
        try {
            return new Position(
                    Instant.parse(text.substring(0, Math.max(0, space))),
                    text.substring(space + 1));
        } catch (DateTimeException unreadable) {
            throw ProblemException.of(
                    400, "bad-cursor", "The cursor is not one that this list returned.");
        }
    }
}
