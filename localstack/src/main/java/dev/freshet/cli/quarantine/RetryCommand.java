package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.imports.Drain;
import dev.freshet.event.ShardPosition;
import dev.freshet.quarantine.Quarantine.Entry;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet quarantine retry}: back into the streams. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Puts records into their streams again, each once in effect however often this is run.",
            "Ends with 1 when some stay open, and says why."
        })
final class RetryCommand implements Callable<Integer> {
    private static final Duration KEPT_BY_THE_STREAM = Duration.ofDays(7);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int MOST_LOOKS = 30;
    private static final int TOLD = 20;

    @Mixin private final Selection selection = new Selection();

    @Option(names = "--all", description = "Every open entry.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Entries tried at most. Default: ${DEFAULT-VALUE}.")
    private int limit = 10_000;

    @Option(
            names = "--caught-up",
            description =
                    "On AWS: I have seen that train is behind by nothing (IteratorAge of examples is"
                            + " 0). The local cloud is asked.")
    private boolean caughtUp;

    @Option(
            names = "--unproven",
            description =
                    "Send also what the model log is too short to tell: if it was learned long ago,"
                            + " it is learned twice.")
    private boolean unproven;

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    private final Map<ShardPosition, Outcome> open = new LinkedHashMap<>();
    private final Map<String, Long> settled = new TreeMap<>();

    @Override
    public Integer call() throws InterruptedException {
        if (selection.isEverything() && !all) {
            throw new CommandException(
                    "Say which: positions, --reason, --stream, --since, or --all.");
        }
        return Stores.with(stores, this::retry);
    }

    private int retry(Stores opened) throws InterruptedException {
        Instant begun = Stores.CLOCK.instant();
        boolean folded = caughtUp || drained();
        Assurance assurance =
                new Assurance(folded ? begun : begun.minus(KEPT_BY_THE_STREAM), unproven);
        QuarantineRetry retry = opened.retry();
        Predicate<Entry> meant = selection.matches(begun);
        try (Progress progress = output.progress("Entries retried", count(opened, meant))) {
            int[] tried = {0};
            opened.quarantine()
                    .forEachOpen(
                            entry -> {
                                if (meant.test(entry)) {
                                    keep(entry, retry.retry(entry, assurance));
                                    progress.at(++tried[0]);
                                }
                                return tried[0] < limit;
                            });
        }
        confirm(opened, retry, assurance);
        opened.quarantine().tidy();
        output.result(json(), text());
        return open.isEmpty() ? 0 : 1;
    }

    private static long count(Stores opened, Predicate<Entry> meant) {
        long[] count = {0};
        opened.quarantine()
                .forEachOpen(
                        entry -> {
                            count[0] += meant.test(entry) ? 1 : 0;
                            return true;
                        });
        return count[0];
    }

    /** Examples are out of quarantine when the model log shows them. */
    private void confirm(Stores opened, QuarantineRetry retry, Assurance assurance)
            throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS && anySent(); look++) {
            if (!drained()) {
                Thread.sleep(BETWEEN_LOOKS);
            }
            opened.quarantine()
                    .forEachOpen(
                            entry -> {
                                Outcome before = open.get(entry.position());
                                if (before != null && before.state() == State.SENT) {
                                    keep(entry, retry.retry(entry, assurance));
                                }
                                return true;
                            });
            if (look > 0 && anySent()) {
                Thread.sleep(BETWEEN_LOOKS);
            }
        }
    }

    private boolean anySent() {
        return open.values().stream().anyMatch(outcome -> outcome.state() == State.SENT);
    }

    private void keep(Entry entry, Outcome outcome) {
        if (outcome.settled()) {
            open.remove(entry.position());
            settled.merge(name(outcome.state()), 1L, Long::sum);
        } else {
            open.put(entry.position(), outcome);
        }
    }

    private boolean drained() throws InterruptedException {
        Optional<URI> api = stores.localApi();
        if (api.isEmpty()) {
            return false;
        }
        try (FreshetClient client = new FreshetClient(api.get())) {
            return Drain.await(client, behind -> {}).isPresent();
        }
    }

    private ObjectNode json() {
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        ObjectNode done = result.putObject("settled");
        settled.forEach(done::put);
        result.withArray("open");
        open.forEach(
                (position, outcome) ->
                        result.withArray("open")
                                .addObject()
                                .put("position", position.toString())
                                .put("state", name(outcome.state()))
                                .put("why", outcome.sentence()));
        return result;
    }

    private String text() {
        if (settled.isEmpty() && open.isEmpty()) {
            return "Nothing open is meant by that.";
        }
        StringBuilder text = new StringBuilder();
        settled.forEach((state, count) -> text.append("%,d %s%n".formatted(count, state)));
        text.append("%,d still open".formatted(open.size()));
        open.entrySet().stream()
                .limit(TOLD)
                .forEach(
                        each ->
                                text.append(
                                        "%n  %s: %s"
                                                .formatted(
                                                        each.getKey(),
                                                        each.getValue().sentence())));
        return text.toString();
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
