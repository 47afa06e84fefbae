package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.ImportPermit;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.BatchSender;
import dev.freshet.api.FreshetClient;
import dev.freshet.api.Requests;
import dev.freshet.api.Requests.Waiter;
import dev.freshet.cli.imports.ImportEntry.Refusal;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.cli.imports.Input.InputLine;
import dev.freshet.console.CommandException;
import dev.freshet.store.FullJitter;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionService;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorCompletionService;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.UnaryOperator;

/**
 * Sends entries over several lanes side by side. All that concerns one user goes through one lane,
 * so it arrives in the order of the file; items go before the events beside them. Events go under
 * an import permit, which is renewed where it has ended.
 */
public final class EntrySender implements EntrySink, AutoCloseable {
    private static final FullJitter PAUSES =
            new FullJitter(Duration.ofMillis(200), Duration.ofSeconds(10));

    private static final int MAX_EVENTS = 500;
    private static final long MAX_EVENT_BYTES = 400_000;
    private static final int MAX_ITEMS = 200;
    private static final long MAX_ITEM_BYTES = 3 << 20;
    private static final Set<Integer> USER_REFUSED = Set.of(400, 404, 409, 410, 413);

    private final FreshetClient client;
    private final UnaryOperator<String> permits;
    private final InstantSource clock;
    private final Requests requests;
    private final BatchSender<ImportEntry.Posted> items;
    private final BatchSender<ImportEntry.Posted> events;
    private final Limits limits;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private volatile String permit;

    /**
     * How much is sent at once.
     *
     * @param lanes requests at a time
     * @param perSecond most events a second
     */
    public record Limits(int lanes, int perSecond) {
        /** Returns the number of events of one request: a quarter of a second's, 50 to 500. */
        int batch() {
            return Math.clamp(perSecond / 4, 50, MAX_EVENTS);
        }
    }

    /**
     * Creates a sender that asks for a permit at once.
     *
     * @param permits returns another permit than the one that the API refused, which is "" at
     *     first, or the same where there is no other
     */
    public EntrySender(
            FreshetClient client,
            UnaryOperator<String> permits,
            Limits limits,
            InstantSource clock,
            Waiter waiter) {
        this.client = client;
        this.permits = permits;
        this.clock = clock;
        this.permit = permits.apply("");
        this.limits = limits;
        this.requests = new Requests(limits.perSecond(), PAUSES, clock, waiter);
        this.items =
                new BatchSender<>(
                        "items",
                        MAX_ITEMS,
                        MAX_ITEM_BYTES,
                        ImportEntry.Posted::json,
                        body -> client.post("/v1/items", body),
                        requests);
        this.events =
                new BatchSender<>(
                        "events",
                        limits.batch(),
                        MAX_EVENT_BYTES,
                        ImportEntry.Posted::json,
                        this::postEvents,
                        requests);
    }

    @Override
    public int room() {
        return limits.lanes() * limits.batch();
    }

    @Override
    public void take(List<ImportEntry> entries, Account account) throws InterruptedException {
        List<ImportEntry.Posted> itemEntries = new ArrayList<>();
        List<Lane> lanes = new ArrayList<>();
        for (int i = 0; i < limits.lanes(); i++) {
            lanes.add(new Lane(new ArrayList<>(), new ArrayList<>(), new ArrayList<>()));
        }
        for (ImportEntry entry : entries) {
            switch (entry) {
                case ImportEntry.Unreadable(var line, var detail) ->
                        account.refuse(new Refusal(line, ImportEntry.Unreadable.CODE, detail));
                case ImportEntry.Skipped(_, var reason) -> account.skip(reason);
                case ImportEntry.OfItem item -> itemEntries.add(item);
                case ImportEntry.OfUser user -> lane(lanes, user.userId()).users().add(user);
                case ImportEntry.OfAlias alias -> lane(lanes, alias.userId()).aliases().add(alias);
                case ImportEntry.OfEvent event -> lane(lanes, event.user()).events().add(event);
            }
        }
        items.send(itemEntries, (taken, _) -> account.acceptItems(taken.size()), account::refuse);
        sideBySide(lanes, account);
    }

    private record Lane(
            List<ImportEntry.OfUser> users,
            List<ImportEntry.OfAlias> aliases,
            List<ImportEntry.Posted> events) {}

    private static Lane lane(List<Lane> lanes, String user) {
        return lanes.get(Math.floorMod(user.hashCode(), lanes.size()));
    }

    /** Returns when all lanes are settled, or throws when the first of them fails. */
    private void sideBySide(List<Lane> lanes, Account account) throws InterruptedException {
        CompletionService<Void> running = new ExecutorCompletionService<>(threads);
        for (Lane lane : lanes) {
            running.submit(
                    () -> {
                        for (ImportEntry.OfUser user : lane.users()) {
                            put(user, account);
                        }
                        for (ImportEntry.OfAlias alias : lane.aliases()) {
                            link(alias, account);
                        }
                        events.send(
                                lane.events(),
                                (taken, _) -> account.acceptEvents(taken.size()),
                                account::refuse);
                        return null;
                    });
        }
        try {
            for (Lane _ : lanes) {
                running.take().get();
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException(failed.getCause());
        }
    }

    /** Sends events, and once more where their permit was refused and there is another. */
    private ApiResponse postEvents(ObjectNode body) {
        String carried = permit;
        body.put("sentAt", clock.instant().toString());
        ApiResponse answer = client.post("/v1/events", body, Map.of(ImportPermit.HEADER, carried));
        boolean refused = answer.body().path("code").asText().equals("import-permit-invalid");
        return refused && isRenewed(carried)
                ? client.post("/v1/events", body, Map.of(ImportPermit.HEADER, permit))
                : answer;
    }

    /** Returns whether there is another permit than the one that was refused. */
    private synchronized boolean isRenewed(String refused) {
        if (permit.equals(refused)) {
            permit = permits.apply(refused);
        }
        return !permit.equals(refused);
    }

    private void put(ImportEntry.OfUser user, Account account) throws InterruptedException {
        String path = "/v1/users/" + FreshetClient.segment(user.userId());
        ObjectNode body = user.json();
        ApiResponse answer = requests.settled(1, () -> client.put(path, body));
        if (isTaken(answer, user.line(), account)) {
            account.acceptUser();
        }
    }

    private void link(ImportEntry.OfAlias alias, Account account) throws InterruptedException {
        ObjectNode body = alias.json();
        ApiResponse answer = requests.settled(1, () -> client.post("/v1/users/alias", body));
        isTaken(answer, alias.line(), account);
    }

    /** Returns whether the API took what a line says of a user; counts a refusal. */
    private static boolean isTaken(ApiResponse answer, InputLine line, Account account) {
        if (answer.ok()) {
            return true;
        }
        CommandException.require(USER_REFUSED.contains(answer.status()), answer.problem());
        account.refuse(
                new Refusal(line, answer.body().path("code").asText("refused"), answer.problem()));
        return false;
    }

    @Override
    public void close() {
        threads.shutdownNow();
    }
}
