package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.cli.Progress;
import dev.freshet.cli.client.FreshetClient;
import dev.freshet.cli.connection.LocalState;
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

/** {@code freshet quarantine retry}: puts records into their streams again. */
@Command(
        name = "retry",
        mixinStandardHelpOptions = true,
        description = {
            "Puts records into their streams again. Each has its effect once, however often the command is"
                    + " run.",
            "The exit code is 1 when entries stay open; the output says why."
        })
final class RetryCommand implements Callable<Integer> {
    private static final Duration KEPT_BY_THE_STREAM = Duration.ofDays(7);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int MOST_LOOKS = 30;
    private static final int SHOWN = 20;

    @Mixin private final Selection selection = new Selection();

    @Option(names = "--all", description = "Select every open entry.")
    private boolean all;

    @Option(
            names = "--limit",
            paramLabel = "N",
            description = "Highest number of entries to retry. Default: ${DEFAULT-VALUE}.")
    private int limit = 10_000;

    @Option(
            names = "--caught-up",
            description =
                    "On AWS: confirm that training has read all examples (IteratorAge of the stream"
                            + " examples is 0). A local cloud is asked.")
    private boolean caughtUp;

    @Option(
            names = "--unproven",
            description =
                    "Also retry examples of which the model log is too short to show whether they were"
                            + " learned; those that were are learned twice.")
    private boolean unproven;

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    private final Map<ShardPosition, Outcome> open = new LinkedHashMap<>();
    private final Map<String, Long> settled = new TreeMap<>();

    @Override
    public Integer call() throws InterruptedException {
        if (selection.isEverything() && !all) {
            throw new CommandException(
                    "Select entries by position, --reason, --stream or --since, or give --all.");
        }
        return Stores.with(stores, this::retry);
    }

    private int retry(Stores opened) throws InterruptedException {
        Instant begun = Stores.CLOCK.instant();
        boolean folded = caughtUp || drained(opened);
        Assurance assurance =
                new Assurance(folded ? begun : begun.minus(KEPT_BY_THE_STREAM), unproven);
        QuarantineRetry retry = opened.retry();
        Predicate<Entry> selected = selection.matches(begun);
        try (Progress progress = output.progress("Entries retried", count(opened, selected))) {
            int[] tried = {0};
            opened.quarantine()
                    .forEachOpen(
                            entry -> {
                                if (selected.test(entry)) {
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

    private static long count(Stores opened, Predicate<Entry> selected) {
        long[] count = {0};
        opened.quarantine()
                .forEachOpen(
                        entry -> {
                            count[0] += selected.test(entry) ? 1 : 0;
                            return true;
                        });
        return count[0];
    }

    /** Settles entries of examples once the model log shows the examples. */
    private void confirm(Stores opened, QuarantineRetry retry, Assurance assurance)
            throws InterruptedException {
        for (int look = 0; look < MOST_LOOKS && anySent(); look++) {
            if (!drained(opened)) {
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

    private static boolean drained(Stores opened) throws InterruptedException {
        Optional<URI> api = opened.deployment().local().flatMap(LocalState::api);
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
            return "No open entry is selected.";
        }
        StringBuilder text = new StringBuilder();
        settled.forEach((state, count) -> text.append("%,d %s%n".formatted(count, state)));
        text.append("%,d still open".formatted(open.size()));
        open.entrySet().stream()
                .limit(SHOWN)
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
