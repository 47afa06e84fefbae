package dev.freshet.cli.quarantine;

import dev.freshet.api.Drain;
import dev.freshet.api.FreshetClient;
import dev.freshet.console.Output;
import dev.freshet.console.Progress;
import dev.freshet.console.Text;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.folder.LocalState;
import dev.freshet.quarantine.retry.QuarantineRetry;
import dev.freshet.quarantine.retry.QuarantineRetry.Assurance;
import dev.freshet.quarantine.retry.QuarantineRetry.Outcome;
import dev.freshet.quarantine.retry.QuarantineRetry.State;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;

/** One run of {@code freshet quarantine retry}: puts records into their streams again. */
final class Retry {
    private static final Duration KEPT_BY_THE_STREAM = Duration.ofDays(7);
    private static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);
    private static final int MAX_LOOKS = 30;
    private static final int SHOWN = 20;

    private final Map<ShardPosition, Outcome> open = new LinkedHashMap<>();
    private final Map<String, Long> settled = new TreeMap<>();

    private final Stores opened;
    private final Output output;

    Retry(Stores opened, Output output) {
        this.opened = opened;
        this.output = output;
    }

    /** Retries the selected entries, prints what became of them, and returns the exit code. */
    int run(Selection selection, int limit, boolean caughtUp, boolean unproven)
            throws InterruptedException {
        Instant begun = opened.clock().instant();
        boolean folded = caughtUp || drained();
        Assurance assurance =
                new Assurance(folded ? begun : begun.minus(KEPT_BY_THE_STREAM), unproven);
        QuarantineRetry retry = opened.retry();
        Predicate<Entry> selected = selection.matches(begun);
        long[] count = {0};
        selection.each(opened, _ -> count[0]++);
        try (Progress progress = output.progress("Entries retried", count[0])) {
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
        confirm(retry, assurance);
        opened.quarantine().tidy();
        List<Open> left =
                open.entrySet().stream()
                        .map(each -> Open.of(each.getKey(), each.getValue()))
                        .toList();
        output.result(new Retried(settled, left), text());
        return open.isEmpty() ? 0 : 1;
    }

    /** Settles entries of examples once the model log shows the examples. */
    private void confirm(QuarantineRetry retry, Assurance assurance) throws InterruptedException {
        for (int look = 0; look < MAX_LOOKS && anySent(); look++) {
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
        Optional<URI> api = opened.deployment().local().flatMap(LocalState::api);
        if (api.isEmpty()) {
            return false;
        }
        try (FreshetClient client = new FreshetClient(api.get())) {
            return Drain.await(client, behind -> {}).isPresent();
        }
    }

    /** What became of the entries: counts by state, and what is still open. */
    private record Retried(Map<String, Long> settled, List<Open> open) {}

    private record Open(String position, String state, String why) {
        private static Open of(ShardPosition position, Outcome outcome) {
            return new Open(position.toString(), name(outcome.state()), outcome.sentence());
        }
    }

    private String text() {
        if (settled.isEmpty() && open.isEmpty()) {
            return "No open entry is selected.";
        }
        Text text = new Text();
        settled.forEach((state, count) -> text.add("%,d %s", count, state));
        text.add("%,d still open", open.size());
        open.entrySet().stream()
                .limit(SHOWN)
                .forEach(each -> text.add("  %s: %s", each.getKey(), each.getValue().sentence()));
        return text.toString();
    }

    private static String name(State state) {
        return state.name().toLowerCase(Locale.ROOT);
    }
}
