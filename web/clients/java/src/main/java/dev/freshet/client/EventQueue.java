package dev.freshet.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.client.model.Event;
import dev.freshet.client.model.NewEvent;
import dev.freshet.client.model.Rejection;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Events on their way to the API, one request at a time, in the order in which they were added. An
 * event leaves the queue when the API has taken or refused it; until then it is sent again, with
 * the same {@code eventId}, so that the API counts it once. What a request left over goes before
 * what was added later. A request that the API refuses as a whole is halved until the event that is
 * to blame stands alone. Safe for several threads; a thread of its own sends.
 */
public final class EventQueue {
    /** Most events of a request. */
    static final int MAX_BATCH = 500;

    /**
     * Most characters of a request of more than one event: at most 3 bytes each, and the API takes
     * 500 KB.
     */
    private static final int BATCH_CHARACTERS = 160_000;

    private static final int ACCEPTED = 202;

    /** Statuses of a request that its events are to blame for, where the API says so. */
    private static final Set<Integer> REFUSED = Set.of(400, 413);

    private static final int FORBIDDEN = 403;

    /** Codes of 403 for which events are to blame, and not the credential. */
    private static final Set<String> OF_ANOTHER_USER =
            Set.of("not-your-user", "not-your-anonymous-id");

    /** The longest time to wait, so that sums do not overflow. */
    private static final Duration LONGEST = Duration.ofMillis(Integer.MAX_VALUE);

    private static final Logger LOG = System.getLogger(EventQueue.class.getName());
    private static final long NEVER = Long.MAX_VALUE;

    private final Http http;
    private final Freshet.Builder options;

    // Guarded by this, as all below; the sending thread alone removes entries.
    private final List<Entry> queue = new ArrayList<>();
    private int most;
    private int failures;
    private boolean closed;
    private boolean ended;
    private @Nullable Thread sender;

    /** Times of {@link System#nanoTime}, since the queue was made. */
    private final long origin = System.nanoTime();

    private long due = NEVER;
    private long pausedUntil;

    private record Entry(ObjectNode event, int characters) {}

    EventQueue(Http http, Freshet.Builder options) {
        this.http = http;
        this.options = options;
        this.most = options.batchSize;
    }

    /** Returns how many events the queue holds. */
    public synchronized int size() {
        return queue.size();
    }

    /**
     * Adds an event and returns its {@code eventId}. It gets a random id and the present time where
     * it has none.
     *
     * @throws QueueFullException if the queue is full
     * @throws IllegalStateException if the queue is closed
     */
    public String add(NewEvent event) {
        return add(Http.JSON.<ObjectNode>valueToTree(event));
    }

    /**
     * Adds an event that was rejected or left, with the {@code eventId} and the time that it has.
     *
     * @throws QueueFullException if the queue is full
     * @throws IllegalStateException if the queue is closed
     */
    public String add(Event event) {
        return add(Http.JSON.<ObjectNode>valueToTree(event));
    }

    private String add(ObjectNode whole) {
        if (!whole.has("eventId")) {
            whole.put("eventId", options.ids.get());
        }
        if (!whole.has("occurredAt")) {
            whole.put("occurredAt", now());
        }
        Entry entry = new Entry(whole, whole.toString().length());
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("The queue is closed.");
            }
            if (queue.size() >= options.maxQueued) {
                throw new QueueFullException(options.maxQueued);
            }
            queue.add(entry);
            wake(queue.size() >= most ? 0 : time() + options.flushInterval.toNanos());
        }
        return whole.path("eventId").asText();
    }

    /**
     * Sends what the queue holds; returns, with how many events it still holds, when it is empty,
     * the time is over or the thread is interrupted.
     */
    public synchronized int flush(Duration timeout) {
        long end = time() + bounded(timeout).toNanos();
        wake(0);
        try {
            while (!queue.isEmpty() && time() < end) {
                await(end);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return queue.size();
    }

    /**
     * Sends what the queue holds for as long as {@code timeout} and ends; returns the events that
     * the API has not taken.
     */
    public synchronized List<Event> close(Duration timeout) {
        closed = true;
        flush(timeout);
        ended = true;
        notifyAll();
        return queue.stream().map(entry -> event(entry.event())).toList();
    }

    /** Returns a time, or the longest one to wait. */
    static Duration bounded(Duration time) {
        return time.compareTo(LONGEST) < 0 ? time : LONGEST;
    }

    private long time() {
        return System.nanoTime() - origin;
    }

    private String now() {
        return options.clock.instant().truncatedTo(ChronoUnit.MILLIS).toString();
    }

    private static Event event(ObjectNode event) {
        try {
            return Http.JSON.treeToValue(event, Event.class);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits for a change until a time at most; the caller looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void await(long until) throws InterruptedException {
        wait(until == NEVER ? 0 : Math.max(1, Duration.ofNanos(until - time()).toMillis()));
    }

    private synchronized void wake(long at) {
        due = Math.min(due, at);
        if (sender == null && !queue.isEmpty()) {
            sender = new Thread(this::run, "freshet-events");
            sender.setDaemon(true);
            sender.start();
        }
        notifyAll();
    }

    /** Sends until the queue ends; no failure ends it. */
    private void run() {
        while (true) {
            try {
                List<Entry> batch = nextBatch();
                if (batch.isEmpty()) {
                    return;
                }
                send(batch);
            } catch (InterruptedException byTheApplication) {
                // Closing the queue ends it, and nothing else.
            } catch (Throwable e) {
                LOG.log(Level.ERROR, "Sending events failed; they are sent again.", e);
                pause(options.longestPause);
            }
        }
    }

    private synchronized void pause(Duration pause) {
        pausedUntil = time() + pause.toNanos();
    }

    /** Waits until there is something to send; returns nothing at the end. */
    private synchronized List<Entry> nextBatch() throws InterruptedException {
        while (!ended && (queue.isEmpty() || time() < Math.max(due, pausedUntil))) {
            await(queue.isEmpty() ? NEVER : Math.max(due, pausedUntil));
        }
        // What comes while this is under way follows at once.
        due = 0;
        List<Entry> batch = new ArrayList<>();
        int room = BATCH_CHARACTERS;
        for (Entry entry : ended ? List.<Entry>of() : queue) {
            room -= entry.characters();
            if (batch.size() == most || (room < 0 && !batch.isEmpty())) {
                break;
            }
            batch.add(entry);
        }
        return batch;
    }

    private void send(List<Entry> batch) {
        ObjectNode body = Http.JSON.createObjectNode().put("sentAt", now());
        ArrayNode events = body.putArray("events");
        batch.forEach(entry -> events.add(entry.event()));
        FreshetProblem problem;
        try {
            Http.Answer answer = http.once("POST", "/v1/events", body, null);
            if (answer.status() == ACCEPTED && answer.body().path("accepted").isNumber()) {
                settle(batch, answer.body().path("rejected"), Set.of());
                limit(Math.min(most * 2, options.batchSize));
                failures = 0;
                return;
            }
            problem =
                    FreshetProblem.noAnswer(
                            "events: " + answer.status() + " of another server", null);
        } catch (FreshetProblem failed) {
            problem = failed;
        } catch (RuntimeException e) {
            // Such as that of a function that gives the credential.
            problem = FreshetProblem.noAnswer("events", e);
        }
        if (blamesEvents(problem)) {
            limit(Math.max(1, batch.size() / 2));
            if (batch.size() > 1) {
                return;
            }
            settle(batch, refusal(problem), Set.of());
        } else {
            keep(batch, problem);
        }
        pause(http.pause(++failures, problem));
    }

    /**
     * Returns whether the API says that events of the request are to blame, and not the credential,
     * the stack or another server.
     */
    private static boolean blamesEvents(FreshetProblem problem) {
        return (REFUSED.contains(problem.status()) && problem.problem().path("code").isTextual())
                || (problem.status() == FORBIDDEN && OF_ANOTHER_USER.contains(problem.code()));
    }

    /** Keeps what was not stored, which is all where the answer does not say it. */
    private void keep(List<Entry> batch, FreshetProblem problem) {
        Set<Integer> notStored = new HashSet<>();
        for (JsonNode index : problem.problem().path("notStored")) {
            notStored.add(index.isInt() ? index.asInt() : -1);
        }
        if (problem.problem().path("notStored").isArray()
                && notStored.stream().allMatch(index -> index >= 0 && index < batch.size())) {
            settle(batch, problem.problem().path("rejected"), notStored);
        }
        tell(() -> options.onRetry.accept(problem));
    }

    /** Sends what is left in requests of at most so many events. */
    private synchronized void limit(int events) {
        most = events;
    }

    private static ArrayNode refusal(FreshetProblem problem) {
        ArrayNode rejected = Http.JSON.createArrayNode();
        rejected.addObject()
                .put("index", 0)
                .put("code", problem.code())
                .put("detail", problem.getMessage());
        return rejected;
    }

    /** Tells the application what was rejected, and keeps of a batch what was not stored. */
    private void settle(List<Entry> batch, JsonNode rejected, Set<Integer> notStored) {
        for (JsonNode each : rejected) {
            int index = each.path("index").isInt() ? each.path("index").asInt() : -1;
            if (index >= 0 && index < batch.size()) {
                tell(() -> reject(batch.get(index), index, each));
            }
        }
        synchronized (this) {
            List<Entry> front = queue.subList(0, batch.size());
            front.clear();
            notStored.stream().sorted().map(batch::get).forEach(front::add);
            due = queue.isEmpty() ? NEVER : 0;
            notifyAll();
        }
    }

    private void reject(Entry entry, int index, JsonNode rejection) {
        Event event = event(entry.event());
        options.onRejected.accept(
                event,
                Rejection.builder()
                        .index(index)
                        .eventId(event.eventId())
                        .code(rejection.path("code").asText())
                        .detail(rejection.path("detail").asText())
                        .build());
    }

    static void log(Event event, Rejection rejection) {
        LOG.log(Level.WARNING, "Freshet refused the event {0}: {1}", event.eventId(), rejection);
    }

    static void log(FreshetProblem problem) {
        LOG.log(Level.INFO, "Events are sent again later: {0}", problem.getMessage());
    }

    /**
     * Calls the application; its errors are logged, and the queue goes on. An interrupt that it
     * leaves would end the next request, which is then sent again.
     */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (Throwable e) {
            LOG.log(Level.ERROR, "A function that was given to the queue failed.", e);
        } finally {
            Thread.interrupted();
        }
    }
}
