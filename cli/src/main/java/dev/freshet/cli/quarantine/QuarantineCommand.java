package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Setting;
import dev.freshet.aws.s3.S3Quarantine;
import dev.freshet.cli.quarantine.Stores.StoreOptions;
import dev.freshet.console.CommandException;
import dev.freshet.console.Output;
import dev.freshet.console.Text;
import dev.freshet.features.Quarantine.Entry;
import dev.freshet.features.Quarantine.Settling;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet quarantine}: handles records that could not be processed. */
@Command(
        name = "quarantine",
        mixinStandardHelpOptions = true,
        description = {
            "Lists, shows, retries and drops records that could not be processed, including those"
                    + " that an event source mapping gave up.",
            "Works on the running local cloud, or on AWS with --stack and AWS credentials."
        })
public final class QuarantineCommand {
    private static final int MAX_LISTED = 10_000;
    private static final String ALL = "Select every open entry.";

    private final InstantSource clock;

    /** Creates the command. */
    public QuarantineCommand(InstantSource clock) {
        this.clock = clock;
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = "Lists open entries, and counts them by reason. Ids of users are masked.")
    int list(
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "50",
                            description =
                                    "Number of entries to show, at most 10000; all are counted."
                                            + " Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Mixin Selection selection,
            @Mixin StoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        boolean allowed = limit >= 0 && limit <= MAX_LISTED;
        CommandException.require(allowed, "--limit must be between 0 and %d.", MAX_LISTED);
        return Stores.with(
                stores,
                clock,
                opened -> {
                    Map<String, Long> counts = new TreeMap<>();
                    List<ObjectNode> entries = new ArrayList<>();
                    List<String> lines = new ArrayList<>();
                    selection.each(
                            opened,
                            entry -> {
                                counts.merge(EntryText.kind(entry), 1L, Long::sum);
                                if (lines.size() < limit) {
                                    lines.add(EntryText.line(entry));
                                    entries.add(EntryText.json(entry));
                                }
                            });
                    long open = counts.values().stream().mapToLong(Long::longValue).sum();
                    return output.result(
                            new Listed(open, counts, entries), text(open, counts, lines));
                });
    }

    /** Open entries, of which some are listed. */
    private record Listed(long open, Map<String, Long> reasons, List<ObjectNode> entries) {}

    private static String text(long open, Map<String, Long> counts, List<String> lines) {
        if (open == 0) {
            return "No matching entry is in quarantine.";
        }
        Text text = new Text().add("%,d open", open);
        counts.forEach((reason, count) -> text.add("%,8d %s", count, reason));
        lines.forEach(line -> text.add("%s", line));
        if (lines.size() < open) {
            text.add("and %,d more: see --limit.", open - lines.size());
        }
        return text.toString();
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Shows one open entry: its reason, and whether this version of the code can read it.")
    int show(
            @Option(
                            names = "--payload",
                            description =
                                    "Also show the content of the record and the id of the user,"
                                            + " which are personal data.")
                    boolean payload,
            @Mixin Selection selection,
            @Mixin StoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        return Stores.with(
                stores,
                clock,
                opened -> {
                    Entry entry = selection.only(opened);
                    EntryText.Reading reading =
                            EntryText.read(entry, opened.settings().text(Setting.EXAMPLES_STREAM));
                    ObjectNode json =
                            EntryText.json(entry)
                                    .put("readable", reading.readable())
                                    .put("kind", reading.kind());
                    String key = entry.partitionKey();
                    String text =
                            "%s%nstored at %s, %,d bytes, partition key %s%n%s%n%s"
                                    .formatted(
                                            entry.position(),
                                            entry.at(),
                                            entry.payload().length,
                                            payload ? key : EntryText.masked(key),
                                            entry.reason(),
                                            reading.sentence());
                    if (payload) {
                        json.put("key", key)
                                .put("content", reading.content())
                                .put("payload", entry.payload());
                    }
                    return output.result(json, payload ? text + "\n" + reading.content() : text);
                });
    }

    @Command(
            mixinStandardHelpOptions = true,
            description = {
                "Puts records into their streams again. Each has its effect once, however often the"
                        + " command is run.",
                "The exit code is 1 when entries stay open; the output says why."
            })
    int retry(
            @Option(names = "--all", description = ALL) boolean all,
            @Option(
                            names = "--limit",
                            paramLabel = "N",
                            defaultValue = "10000",
                            description =
                                    "Highest number of entries to retry. Default: ${DEFAULT-VALUE}.")
                    int limit,
            @Option(
                            names = "--caught-up",
                            description =
                                    "On AWS: confirm that training has read all examples"
                                            + " (IteratorAge of the stream examples is 0). A local"
                                            + " cloud is asked.")
                    boolean caughtUp,
            @Option(
                            names = "--unproven",
                            description =
                                    "Also retry examples of which the model log is too short to"
                                            + " show whether they were learned; those that were are"
                                            + " learned twice.")
                    boolean unproven,
            @Mixin Selection selection,
            @Mixin StoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        selection.requireNarrow(all);
        return Stores.with(
                stores,
                clock,
                opened -> new Retry(opened, output).run(selection, limit, caughtUp, unproven));
    }

    @Command(
            mixinStandardHelpOptions = true,
            description =
                    "Removes entries for good. A note of each is kept: position, reason and time, no payload.")
    int drop(
            @Option(names = "--all", description = ALL) boolean all,
            @Option(names = "--yes", description = "Remove them; without it, only count them.")
                    boolean yes,
            @Mixin Selection selection,
            @Mixin StoreOptions stores,
            @Mixin Output output)
            throws InterruptedException {
        selection.requireNarrow(all);
        return Stores.with(
                stores,
                clock,
                opened -> {
                    S3Quarantine quarantine = opened.quarantine();
                    long[] count = {0};
                    selection.each(
                            opened,
                            entry -> {
                                count[0]++;
                                if (yes) {
                                    quarantine.settle(entry, Settling.DROPPED, clock.instant());
                                }
                            });
                    CommandException.require(
                            yes || count[0] == 0,
                            "%,d entries would be removed for good: add --yes to remove them.",
                            count[0]);
                    quarantine.tidy();
                    return output.result(Map.of("dropped", count[0]), "%,d dropped.", count[0]);
                });
    }
}
