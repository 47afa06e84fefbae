package dev.freshet.cli.quarantine;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import dev.freshet.event.avro.EventCodec;
import dev.freshet.example.ExampleCodec;
import dev.freshet.quarantine.Quarantine.Entry;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet quarantine show}: shows one entry. */
@Command(
        name = "show",
        mixinStandardHelpOptions = true,
        description =
                "Shows one open entry: its reason, and whether this version of the code can read it.")
final class ShowCommand implements Callable<Integer> {
    private static final int MOST = 10;
    private static final int LONGEST_TEXT = 4_000;

    @Mixin private final Selection selection = new Selection();

    @Mixin private final StoreOptions stores = new StoreOptions();

    @Mixin private final Output output = new Output();

    @Option(
            names = "--payload",
            description =
                    "Also show the content of the record and the id of the user, which are personal"
                            + " data.")
    private boolean payload;

    @Override
    public Integer call() throws InterruptedException {
        return Stores.with(stores, this::show);
    }

    private int show(Stores opened) {
        List<Entry> found = new ArrayList<>();
        var selected = selection.matches(Stores.CLOCK.instant());
        opened.quarantine().forEachOpen(entry -> !selected.test(entry) || add(found, entry));
        if (found.isEmpty()) {
            throw new CommandException("No open entry is selected: see 'freshet quarantine list'.");
        }
        if (found.size() > 1) {
            throw new CommandException(
                    "The selection matches "
                            + found.getFirst().position()
                            + " and "
                            + found.get(1).position()
                            + ": give one position.");
        }
        Entry entry = found.getFirst();
        ObjectNode json = Described.json(entry);
        StringBuilder text =
                new StringBuilder(
                        "%s%nstored at %s, %,d bytes, partition key %s%n%s"
                                .formatted(
                                        entry.position(),
                                        entry.at(),
                                        entry.payload().length,
                                        payload
                                                ? entry.partitionKey()
                                                : Described.masked(entry.partitionKey()),
                                        entry.reason()));
        Reading reading = read(entry, opened.settings().examplesStream());
        json.put("readable", reading.readable()).put("kind", reading.kind());
        text.append("%n%s".formatted(reading.sentence()));
        if (payload) {
            json.put("key", entry.partitionKey())
                    .put("content", reading.content())
                    .put("payload", entry.payload());
            text.append("%n%s".formatted(reading.content()));
        }
        output.result(json, text.toString());
        return 0;
    }

    private static boolean add(List<Entry> found, Entry entry) {
        found.add(entry);
        return found.size() < MOST;
    }

    /** What decoding the payload gave. */
    private record Reading(boolean readable, String kind, String sentence, String content) {}

    private static Reading read(Entry entry, String examplesStream) {
        boolean ofExamples = entry.position().shard().startsWith(examplesStream + "/");
        try {
            Object content =
                    ofExamples
                            ? ExampleCodec.decode(entry.payload())
                            : new EventCodec().decode(entry.payload());
            String kind =
                    content instanceof List<?> examples
                            ? examples.size() + " examples"
                            : content.getClass().getSimpleName();
            return new Reading(
                    true,
                    kind,
                    "This version of the code can read it: " + kind + ".",
                    cut(content.toString()));
        } catch (RuntimeException undecodable) {
            return new Reading(
                    false,
                    "unknown",
                    "This version of the code cannot read it: " + undecodable.getMessage() + ".",
                    cut(HexFormat.of().formatHex(entry.payload())));
        }
    }

    private static String cut(String text) {
        return text.length() > LONGEST_TEXT ? text.substring(0, LONGEST_TEXT) + "…" : text;
    }
}
