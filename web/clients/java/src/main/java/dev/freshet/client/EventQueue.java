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

    /** Statuses of a request that its events are to blame for, not the credential or the stack. */
    private static final Set<Integer> REFUSED = Set.of(400, 413);

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
        ObjectNode whole = Http.JSON.valueToTree(event);
        if (event.eventId() == null) {
            whole.put("eventId", options.ids.get());
        }
        if (event.occurredAt() == null) {
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
        long end = time() + timeout.toNanos();
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

    private void run() {
        try {
            List<Entry> batch = nextBatch();
            while (!batch.isEmpty()) {
                send(batch);
                batch = nextBatch();
            }
        } catch (InterruptedException nobodyInterrupts) {
            Thread.currentThread().interrupt();
        }
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
        try {
            JsonNode answer = http.once("POST", "/v1/events", body, null);
            settle(batch, answer, Http.JSON.createArrayNode());
            next(Math.min(most * 2, options.batchSize));
        } catch (FreshetProblem problem) {
            recover(batch, problem);
        } catch (RuntimeException e) {
            // Such as that of a function that gives the credential.
            recover(batch, FreshetProblem.noAnswer("events", e));
        }
    }

    private void recover(List<Entry> batch, FreshetProblem problem) {
        if (REFUSED.contains(problem.status())) {
            if (batch.size() == 1) {
                settle(batch, refusal(problem), Http.JSON.createArrayNode());
            }
            next(Math.max(1, batch.size() / 2));
            return;
        }
        if (problem.problem().path("notStored") instanceof ArrayNode notStored) {
            settle(batch, problem.problem(), notStored);
        }
        synchronized (this) {
            pausedUntil = time() + http.pause(++failures, problem).toNanos();
        }
        tell(() -> options.onRetry.accept(problem));
    }

    /** Sends what is left at once, in requests of at most so many events. */
    private synchronized void next(int events) {
        failures = 0;
        most = events;
        due = queue.isEmpty() ? NEVER : 0;
    }

    private static ObjectNode refusal(FreshetProblem problem) {
        ObjectNode answer = Http.JSON.createObjectNode();
        answer.putArray("rejected")
                .addObject()
                .put("index", 0)
                .put("code", problem.code())
                .put("detail", problem.getMessage());
        return answer;
    }

    /** Reads an answer event by event. */
    private void settle(List<Entry> batch, JsonNode answer, ArrayNode notStored) {
        List<Entry> left = new ArrayList<>();
        for (JsonNode index : notStored) {
            if (index.asInt(-1) >= 0 && index.asInt() < batch.size()) {
                left.add(batch.get(index.asInt()));
            }
        }
        synchronized (this) {
            queue.subList(0, batch.size()).clear();
            queue.addAll(0, left);
            notifyAll();
        }
        for (JsonNode each : answer.path("rejected")) {
            int index = each.path("index").asInt(-1);
            if (index >= 0 && index < batch.size()) {
                Event event = event(batch.get(index).event());
                Rejection rejection = Http.JSON.convertValue(each, Rejection.class);
                tell(() -> options.onRejected.accept(event, rejection));
            }
        }
    }

    static void log(Event event, Rejection rejection) {
        LOG.log(Level.WARNING, "Freshet refused the event {0}: {1}", event.eventId(), rejection);
    }

    static void log(FreshetProblem problem) {
        LOG.log(Level.INFO, "Events are sent again later: {0}", problem.getMessage());
    }

    /** Calls the application; its errors are logged, and the queue goes on. */
    private static void tell(Runnable call) {
        try {
            call.run();
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "A function that was given to the queue failed.", e);
        }
    }
}
