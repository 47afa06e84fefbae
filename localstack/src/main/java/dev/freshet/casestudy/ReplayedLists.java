package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.client.ApiResponse;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.Latencies;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The replay: at the first action of each logged session a list is asked for and reported as shown,
 * and then the session's actions are sent as they were. An article of the list that was opened is
 * reported as clicked there; all else happened without the list.
 *
 * <p>One action follows the other, and a list is asked for when everything before it is in the
 * model: real sessions are minutes apart.
 */
final class ReplayedLists {
    static final String PLACEMENT = "home";
    static final int COUNT = 10;

    /** How long a list may come from a model that lacks what was sent before. */
    private static final Duration LONGEST_WAIT = Duration.ofSeconds(20);

    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(5);

    private static final ObjectMapper JSON = new ObjectMapper();

    private final FreshetClient client;
    private final ReplayClock clock;
    private final Applied applied;
    private final DeskdropLog log;
    private final Map<String, Shown> sessions = new HashMap<>();
    private final Set<String> known = new HashSet<>();
    private final Latencies listTimes = new Latencies();
    private final Latencies sendTimes = new Latencies();
    private final Latencies rowAfter = new Latencies();
    private final Latencies servedAfter = new Latencies();
    private long events;
    private long requests;
    private long lists;
    private long hits;
    private long listsHit;
    private long firstViews;
    private long newToUser;
    private long staleAnswers;
    private long lateLists;
    private long shortLists;

    /** A list that was shown, and what was clicked on it. */
    private static final class Shown {
        private final String exposure;
        private final Set<String> items;
        private final Set<String> clicked = new HashSet<>();
        private final Set<String> opened = new HashSet<>();

        private Shown(String exposure, Set<String> items) {
            this.exposure = exposure;
            this.items = items;
        }
    }

    /** An event that was accepted. */
    private record Sent(String user, String eventId, long acceptedAtNanos) {}

    ReplayedLists(FreshetClient client, ReplayClock clock, Applied applied, DeskdropLog log) {
        this.client = client;
        this.clock = clock;
        this.applied = applied;
        this.log = log;
        log.history().forEach(action -> known.add(met(action)));
    }

    private static String met(LoggedAction action) {
        return action.user() + '/' + action.item();
    }

    /**
     * Replays all actions.
     *
     * @param progress receives the number of actions that are done
     */
    void run(LongConsumer progress) throws InterruptedException {
        Sent last = null;
        for (int i = 0; i < log.replay().size(); i++) {
            LoggedAction action = log.replay().get(i);
            clock.advanceTo(action.time());
            ObjectNode event = log.event(i);
            Shown shown = sessions.get(action.session());
            if (shown == null) {
                long version = last == null ? 0 : awaited(last);
                shown = list(action, event, version, last);
                sessions.put(action.session(), shown);
            }
            if (action.time().equals(log.firstSeen().get(action.item()))) {
                Items.put(client, Map.of(action.item(), action.time()));
            }
            last = send(action, event, shown);
            progress.accept(i + 1);
        }
        if (last != null) {
            awaited(last);
        }
    }

    /** Waits until an event is in a version of the model, and returns that version. */
    private long awaited(Sent last) throws InterruptedException {
        Applied.Times times = applied.await(last.user(), last.eventId(), LONGEST_WAIT);
        rowAfter.add(Duration.ofNanos(times.rowAtNanos() - last.acceptedAtNanos()));
        return times.version();
    }

    /** Asks for a list until it comes from a version, and reports it as shown. */
    private Shown list(LoggedAction action, ObjectNode event, long version, @Nullable Sent last)
            throws InterruptedException {
        ObjectNode body = JSON.createObjectNode();
        body.put("userId", action.user()).put("count", COUNT).put("placement", PLACEMENT);
        body.putObject("session").put("id", event.path("sessionId").asText());
        ObjectNode context = body.putObject("context");
        copy(event, context, "country");
        copy(event, context, "region");
        long giveUp = System.nanoTime() + LONGEST_WAIT.toNanos();
        ApiResponse answer = ask(body);
        while (!isFrom(answer, version) && System.nanoTime() < giveUp) {
            Thread.sleep(BETWEEN_LOOKS);
            answer = ask(body);
        }
        if (!isFrom(answer, version)) {
            lateLists++;
        } else if (last != null) {
            servedAfter.add(Duration.ofNanos(answer.arrivedAtNanos() - last.acceptedAtNanos()));
        }
        Set<String> items = new HashSet<>();
        answer.body().path("items").forEach(item -> items.add(item.path("itemId").asText()));
        Shown shown = new Shown(answer.body().path("exposure").asText(), items);
        lists++;
        shortLists += items.size() < COUNT ? 1 : 0;
        ObjectNode impression = JSON.createObjectNode();
        impression
                .put("eventId", "shown-" + event.path("eventId").asText())
                .put("type", "impression")
                .put("userId", action.user())
                .put("sessionId", event.path("sessionId").asText())
                .put("occurredAt", clock.instant().toString())
                .put("exposure", shown.exposure);
        post(impression);
        return shown;
    }

    private static void copy(JsonNode event, ObjectNode into, String member) {
        JsonNode value = event.path("context").path(member);
        if (value.isTextual()) {
            into.set(member, value);
        }
    }

    private ApiResponse ask(ObjectNode body) {
        ApiResponse answer = client.post("/v1/recommendations", body);
        if (!answer.ok()) {
            throw new CommandException("No list was answered: " + answer.problem());
        }
        listTimes.add(answer.took());
        staleAnswers += answer.body().path("degraded").asBoolean() ? 1 : 0;
        return answer;
    }

    private static boolean isFrom(ApiResponse answer, long version) {
        return !answer.body().path("degraded").asBoolean()
                && answer.body().path("model").path("version").asLong() >= version;
    }

    private Sent send(LoggedAction action, ObjectNode event, Shown shown) {
        boolean first = action.viewed() && shown.opened.add(action.item());
        firstViews += first ? 1 : 0;
        newToUser += known.add(met(action)) && first ? 1 : 0;
        if (shown.items.contains(action.item())) {
            event.put("exposure", shown.exposure);
            if (first) {
                event.put("type", "click");
                hits++;
                listsHit += shown.clicked.isEmpty() ? 1 : 0;
                shown.clicked.add(action.item());
            }
        }
        long at = post(event);
        events++;
        return new Sent(action.user(), event.path("eventId").asText(), at);
    }

    private long post(ObjectNode event) {
        Instant now = clock.instant();
        ObjectNode body = JSON.createObjectNode().put("sentAt", now.toString());
        ArrayNode all = body.putArray("events");
        all.add(event);
        ApiResponse answer = client.post("/v1/events", body);
        if (!answer.ok() || answer.body().path("accepted").asLong() != 1) {
            throw new CommandException(
                    "An event was not accepted: " + answer.status() + " " + answer.body());
        }
        requests++;
        sendTimes.add(answer.took());
        return answer.arrivedAtNanos();
    }

    /** Returns the counts and times. */
    ObjectNode figures() {
        ObjectNode figures = JSON.createObjectNode();
        figures.put("events", events)
                .put("lists", lists)
                .put("requests", requests)
                .put("hits", hits)
                .put("listsHit", listsHit)
                .put("firstViews", firstViews)
                .put("newToUser", newToUser)
                .put("lateLists", lateLists)
                .put("shortLists", shortLists)
                .put("staleAnswers", staleAnswers)
                .put("listsAsked", listTimes.count());
        times(figures, "list", listTimes);
        times(figures, "send", sendTimes);
        times(figures, "row", rowAfter);
        times(figures, "served", servedAfter);
        return figures;
    }

    private static void times(ObjectNode figures, String name, Latencies times) {
        figures.put(name + "P50", times.millis(50))
                .put(name + "P95", times.millis(95))
                .put(name + "P99", times.millis(99));
    }
}
