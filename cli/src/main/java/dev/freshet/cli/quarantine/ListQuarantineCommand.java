package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.quarantine.Quarantine.Entry;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet quarantine list}: lists open entries. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description = "Lists open entries, and counts them by reason. Ids of users are masked.")
final class ListQuarantineCommand implements Callable<Integer> {
    private static final int MOST = 10_000;

    @Mixin private final Selection selection = new Selection();

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    @Option(
            names = "--limit",
            paramLabel = "N",
            description =
                    "Number of entries to show, at most 10000; all are counted. Default:"
                            + " ${DEFAULT-VALUE}.")
    private int limit = 50;

    @Override
    public Integer call() throws InterruptedException {
        if (limit < 0 || limit > MOST) {
            throw new CommandException("--limit must be between 0 and " + MOST + ".");
        }
        return Stores.with(stores, this::list);
    }

    private int list(Stores opened) {
        Predicate<Entry> selected = selection.matches(Stores.CLOCK.instant());
        Map<String, Long> counts = new TreeMap<>();
        ObjectNode result = JsonNodeFactory.instance.objectNode();
        List<String> lines = new ArrayList<>();
        opened.quarantine()
                .forEachOpen(
                        entry -> {
                            if (selected.test(entry)) {
                                counts.merge(Described.kind(entry), 1L, Long::sum);
                                if (lines.size() < limit) {
                                    lines.add(Described.line(entry));
                                    result.withArray("entries").add(Described.json(entry));
                                }
                            }
                            return true;
                        });
        long open = counts.values().stream().mapToLong(Long::longValue).sum();
        ObjectNode reasons = result.put("open", open).putObject("reasons");
        counts.forEach(reasons::put);
        result.withArray("entries");
        output.result(result, text(open, counts, lines));
        return 0;
    }

    private static String text(long open, Map<String, Long> counts, List<String> lines) {
        if (open == 0) {
            return "No matching entry is in quarantine.";
        }
        StringBuilder text = new StringBuilder("%,d open".formatted(open));
        counts.forEach((reason, count) -> text.append("%n%,8d %s".formatted(count, reason)));
        lines.forEach(line -> text.append('\n').append(line));
        if (lines.size() < open) {
            text.append("%nand %,d more: see --limit.".formatted(open - lines.size()));
        }
        return text.toString();
    }
}
