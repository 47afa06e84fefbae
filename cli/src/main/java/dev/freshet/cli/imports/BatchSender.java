package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Sends entries of one kind in requests of bounded size, in their order. Entries that the API did
 * not take are sent again before any that follow. A request that is refused as a whole is halved
 * until the entry at fault is alone. Safe for several threads.
 *
 * @param <E> the kind
 */
final class BatchSender<E extends ImportEntry> {
    private static final Set<Integer> REFUSED_AS_A_WHOLE = Set.of(400, 413);

    private final Kind<E> kind;
    private final Function<ObjectNode, ApiResponse> post;
    private final Requests requests;
    private final Account account;
    private final LongConsumer accepted;

    /**
     * What is sent.
     *
     * @param member the name of the list in the body of a request
     * @param json the JSON of an entry
     * @param maxEntries most entries of a request
     * @param maxBytes most bytes of a request of more than one entry, counting two for each
     *     character
     */
    record Kind<E extends ImportEntry>(
            String member, Function<E, ObjectNode> json, int maxEntries, long maxBytes) {}

    /**
     * Creates a sender.
     *
     * @param post makes one request
     * @param accepted receives how many entries a request had accepted
     */
    BatchSender(
            Kind<E> kind,
            Function<ObjectNode, ApiResponse> post,
            Requests requests,
            Account account,
            LongConsumer accepted) {
        this.kind = kind;
        this.post = post;
        this.requests = requests;
        this.account = account;
        this.accepted = accepted;
    }

    /** Sends entries and returns when each is accepted or refused. */
    void send(List<E> entries) throws InterruptedException {
        int from = 0;
        while (from < entries.size()) {
            int to = from;
            long bytes = 0;
            while (to < entries.size() && to - from < kind.maxEntries()) {
                bytes += 2L * kind.json().apply(entries.get(to)).toString().length();
                if (bytes > kind.maxBytes() && to > from) {
                    break;
                }
                to++;
            }
            settle(entries.subList(from, to));
            from = to;
        }
    }

    private void settle(List<E> entries) throws InterruptedException {
        List<E> open = entries;
        while (!open.isEmpty()) {
            ObjectNode body = body(open);
            ApiResponse answer = requests.settled(open.size(), () -> post.apply(body));
            if (REFUSED_AS_A_WHOLE.contains(answer.status())) {
                halve(open, answer);
                return;
            }
            if (!answer.ok() && answer.status() != 503) {
                throw new CommandException(answer.problem());
            }
            open = left(open, answer);
        }
    }

    private ObjectNode body(List<E> entries) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode array = body.putArray(kind.member());
        entries.forEach(entry -> array.add(kind.json().apply(entry)));
        return body;
    }

    /** Counts a response and returns the entries that are to be sent again. */
    private List<E> left(List<E> sent, ApiResponse answer) {
        Set<Integer> notStored = new HashSet<>();
        answer.body().path("notStored").forEach(index -> notStored.add(index.asInt()));
        int refused = 0;
        for (JsonNode rejection : answer.body().path("rejected")) {
            refused++;
            account.refuse(
                    new Refusal(
                            sent.get(rejection.path("index").asInt()).line(),
                            rejection.path("code").asText(),
                            rejection.path("detail").asText()));
        }
        accepted.accept((long) sent.size() - refused - notStored.size());
        if (!notStored.isEmpty()) {
            requests.partly(answer);
        }
        List<E> left = new ArrayList<>();
        for (int i = 0; i < sent.size(); i++) {
            if (notStored.contains(i)) {
                left.add(sent.get(i));
            }
        }
        return left;
    }

    private void halve(List<E> entries, ApiResponse answer) throws InterruptedException {
        if (entries.size() == 1) {
            account.refuse(
                    new Refusal(
                            entries.getFirst().line(),
                            answer.body().path("code").asText("refused"),
                            answer.problem()));
            return;
        }
        int middle = entries.size() / 2;
        settle(entries.subList(0, middle));
        settle(entries.subList(middle, entries.size()));
    }
}
