package dev.freshet.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.console.CommandException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;

/**
 * Sends entries of one kind in requests of bounded size, in their order. Entries that the API did
 * not take are sent again before any that follow. A request that is refused as a whole is halved
 * until the entry at fault is alone. Safe for several threads.
 *
 * @param member the name of the list in the body of a request
 * @param maxEntries most entries of a request
 * @param maxBytes most bytes of a request of more than one entry
 * @param json returns an entry as the route takes it
 * @param post makes one request
 */
public record BatchSender<E>(
        String member,
        int maxEntries,
        long maxBytes,
        Function<E, ObjectNode> json,
        Function<ObjectNode, ApiResponse> post,
        Requests requests) {
    private static final Set<Integer> REFUSED_AS_A_WHOLE = Set.of(400, 413);

    /** Takes the entries that the API refuses. */
    @FunctionalInterface
    public interface Refusals<E> {
        /**
         * Takes an entry.
         *
         * @param code stable, kebab-case
         * @param detail a sentence for a person
         */
        void add(E entry, String code, String detail);
    }

    /**
     * Sends entries and returns when each is accepted or refused.
     *
     * @param accepted takes the entries that an answer accepts
     * @throws CommandException if the API refuses what no entry is to blame for, such as the
     *     credential, or the patience of {@link Requests} is over
     */
    public void send(
            List<E> entries, BiConsumer<List<E>, ApiResponse> accepted, Refusals<E> refused)
            throws InterruptedException {
        int from = 0;
        while (from < entries.size()) {
            int to = from;
            long bytes = 0;
            while (to < entries.size() && to - from < maxEntries) {
                String text = json.apply(entries.get(to)).toString();
                bytes += text.getBytes(StandardCharsets.UTF_8).length + 1;
                if (bytes > maxBytes && to > from) {
                    break;
                }
                to++;
            }
            settle(entries.subList(from, to), accepted, refused);
            from = to;
        }
    }

    private void settle(
            List<E> entries, BiConsumer<List<E>, ApiResponse> accepted, Refusals<E> refused)
            throws InterruptedException {
        List<E> open = entries;
        while (!open.isEmpty()) {
            ObjectNode body = body(open);
            ApiResponse answer = requests.settled(open.size(), () -> post.apply(body));
            if (REFUSED_AS_A_WHOLE.contains(answer.status())) {
                if (open.size() == 1) {
                    String code = answer.body().path("code").asText("refused");
                    refused.add(open.getFirst(), code, answer.problem());
                    return;
                }
                int middle = open.size() / 2;
                settle(open.subList(0, middle), accepted, refused);
                open = open.subList(middle, open.size());
                continue;
            }
            CommandException.require(answer.ok() || answer.status() == 503, answer.problem());
            open = left(open, answer, accepted, refused);
        }
    }

    private ObjectNode body(List<E> entries) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode array = body.putArray(member);
        entries.forEach(entry -> array.add(json.apply(entry)));
        return body;
    }

    /** Reads a response and returns the entries that are to be sent again. */
    private List<E> left(
            List<E> sent,
            ApiResponse answer,
            BiConsumer<List<E>, ApiResponse> accepted,
            Refusals<E> refused) {
        Set<Integer> notStored = new HashSet<>();
        answer.body().path("notStored").forEach(index -> notStored.add(index.asInt()));
        Set<Integer> rejected = new HashSet<>();
        for (JsonNode rejection : answer.body().path("rejected")) {
            int index = rejection.path("index").asInt();
            String code = rejection.path("code").asText();
            rejected.add(index);
            refused.add(sent.get(index), code, rejection.path("detail").asText());
        }
        List<E> taken = new ArrayList<>();
        List<E> left = new ArrayList<>();
        for (int index = 0; index < sent.size(); index++) {
            if (notStored.contains(index)) {
                left.add(sent.get(index));
            } else if (!rejected.contains(index)) {
                taken.add(sent.get(index));
            }
        }
        accepted.accept(taken, answer);
        if (!left.isEmpty()) {
            requests.partly(answer);
        }
        return left;
    }
}
