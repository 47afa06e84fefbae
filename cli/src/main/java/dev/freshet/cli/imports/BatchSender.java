package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.imports.ImportEntry.Posted;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.ObjLongConsumer;

/**
 * Sends entries of one kind in requests of bounded size, in their order. Entries that the API did
 * not take are sent again before any that follow. A request that is refused as a whole is halved
 * until the entry at fault is alone. Safe for several threads.
 *
 * @param member the name of the list in the body of a request
 * @param maxEntries most entries of a request
 * @param maxBytes most bytes of a request of more than one entry
 * @param post makes one request
 * @param accepted counts in an account how many entries of a request were accepted
 */
record BatchSender(
        String member,
        int maxEntries,
        long maxBytes,
        Function<ObjectNode, ApiResponse> post,
        Requests requests,
        ObjLongConsumer<Account> accepted) {
    private static final Set<Integer> REFUSED_AS_A_WHOLE = Set.of(400, 413);

    /** Sends entries and returns when each is accepted or refused, which the account counts. */
    void send(List<? extends Posted> entries, Account account) throws InterruptedException {
        int from = 0;
        while (from < entries.size()) {
            int to = from;
            long bytes = 0;
            while (to < entries.size() && to - from < maxEntries) {
                bytes +=
                        entries.get(to).json().toString().getBytes(StandardCharsets.UTF_8).length
                                + 1;
                if (bytes > maxBytes && to > from) {
                    break;
                }
                to++;
            }
            settle(entries.subList(from, to), account);
            from = to;
        }
    }

    private void settle(List<? extends Posted> entries, Account account)
            throws InterruptedException {
        List<? extends Posted> open = entries;
        while (!open.isEmpty()) {
            ObjectNode body = body(open);
            ApiResponse answer = requests.settled(open.size(), () -> post.apply(body));
            if (REFUSED_AS_A_WHOLE.contains(answer.status())) {
                halve(open, answer, account);
                return;
            }
            CommandException.require(answer.ok() || answer.status() == 503, answer.problem());
            open = left(open, answer, account);
        }
    }

    private ObjectNode body(List<? extends Posted> entries) {
        ObjectNode body = JsonNodeFactory.instance.objectNode();
        ArrayNode array = body.putArray(member);
        entries.forEach(entry -> array.add(entry.json()));
        return body;
    }

    /** Counts a response and returns the entries that are to be sent again. */
    private List<? extends Posted> left(
            List<? extends Posted> sent, ApiResponse answer, Account account) {
        SortedSet<Integer> notStored = new TreeSet<>();
        answer.body().path("notStored").forEach(index -> notStored.add(index.asInt()));
        notStored.removeIf(index -> index < 0 || index >= sent.size());
        int refused = 0;
        for (JsonNode rejection : answer.body().path("rejected")) {
            refused++;
            account.refuse(
                    new Refusal(
                            sent.get(rejection.path("index").asInt()).line(),
                            rejection.path("code").asText(),
                            rejection.path("detail").asText()));
        }
        accepted.accept(account, (long) sent.size() - refused - notStored.size());
        if (!notStored.isEmpty()) {
            requests.partly(answer);
        }
        return notStored.stream().map(sent::get).toList();
    }

    private void halve(List<? extends Posted> entries, ApiResponse answer, Account account)
            throws InterruptedException {
        if (entries.size() == 1) {
            account.refuse(
                    new Refusal(
                            entries.getFirst().line(),
                            answer.body().path("code").asText("refused"),
                            answer.problem()));
            return;
        }
        int middle = entries.size() / 2;
        settle(entries.subList(0, middle), account);
        settle(entries.subList(middle, entries.size()), account);
    }
}
