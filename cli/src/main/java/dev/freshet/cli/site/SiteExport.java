package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.catalog.Attributes;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.console.CommandException;
import dev.freshet.event.Consent;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.RecordedEvent;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.Tombstone;
import dev.freshet.profile.UserProfile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * An export of a site into a folder, which goes on where it was interrupted. Each table is read
 * part by part; after a part its lines are handed to the operating system, and then the {@link
 * ExportState} says so. What was written behind that state is cut off when the export goes on, so
 * that nothing is in the files twice and nothing is missing.
 *
 * <p>Items and interactions are first written as they come, and put into order at the end by their
 * keys, which are held in memory then.
 *
 * @param types the types of the stack, which name those of its own
 */
record SiteExport(Path folder, SiteTables tables, EventTypes types) {
    /** Most interactions, whose keys take about 250 bytes of memory each. */
    static final int MAX_EVENTS = 5_000_000;

    private static final String CATALOGUE = "items.part";
    private static final String ROWS = "interactions.part";
    private static final String ERASED = "erased.part";
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Writes what is not written yet, and returns the manifest. */
    SiteManifest run(ExportState begun) throws IOException {
        ExportState state = begun;
        state.write(folder);
        while (state.stage() != ExportState.Stage.ORDER) {
            state =
                    switch (state.stage()) {
                        case ITEMS -> items(state);
                        case INTERACTIONS -> interactions(state);
                        default -> users(state);
                    };
        }
        long events = putEventsInOrder(state);
        SiteManifest manifest =
                SiteManifest.of(
                        folder,
                        state.startedAt(),
                        Map.of(
                                SiteManifest.ITEMS, putItemsInOrder(state),
                                SiteManifest.USERS, state.size(SiteManifest.USERS).lines(),
                                SiteManifest.EVENTS, events));
        manifest.write(folder);
        removeParts(folder);
        return manifest;
    }

    /** Removes what only an export that goes on needs. */
    static void removeParts(Path folder) throws IOException {
        for (String file : List.of(CATALOGUE, ROWS, ERASED, ExportState.FILE)) {
            Files.deleteIfExists(folder.resolve(file));
        }
    }

    private ExportState items(ExportState begun) throws IOException {
        try (LinesFile file = open(begun, CATALOGUE)) {
            Consumer<Item> taker = item -> file.add(ItemWriter.write(item));
            return read(begun, tables::items, taker, Map.of(CATALOGUE, file));
        }
    }

    private ExportState interactions(ExportState begun) throws IOException {
        try (LinesFile file = open(begun, ROWS)) {
            Consumer<StoredInteraction> taker =
                    row -> {
                        file.add(line(row));
                        CommandException.require(
                                file.lines() <= MAX_EVENTS,
                                "The site has more than 5,000,000 interactions, which this command cannot put into order in memory.");
                    };
            return read(begun, tables::interactions, taker, Map.of(ROWS, file));
        }
    }

    /** Reads a table part by part; after each part the state says what its files hold. */
    private <T> ExportState read(
            ExportState begun,
            Function<Map<String, String>, ScanPage<T>> table,
            Consumer<T> taker,
            Map<String, LinesFile> files)
            throws IOException {
        ExportState state = begun;
        while (state.stage() == begun.stage()) {
            ScanPage<T> page = table.apply(state.after());
            page.rows().forEach(taker);
            Map<String, LinesFile.Size> written = new HashMap<>();
            for (Map.Entry<String, LinesFile> file : files.entrySet()) {
                written.put(file.getKey(), file.getValue().flush());
            }
            state = state.after(page.next(), written);
            state.write(folder);
        }
        return state;
    }

    private JsonNode line(StoredInteraction row) {
        ObjectNode line =
                JSON.createObjectNode()
                        .put("receivedAt", row.receivedAt().toString())
                        .put("owner", row.owner().toString());
        line.set("event", RecordedEvent.of(row, types));
        return line;
    }

    private ExportState users(ExportState begun) throws IOException {
        try (LinesFile users = open(begun, SiteManifest.USERS);
                LinesFile erased = open(begun, ERASED)) {
            Map<String, LinesFile> files = Map.of(SiteManifest.USERS, users, ERASED, erased);
            return read(begun, tables::users, profile -> add(profile, users, erased), files);
        }
    }

    private static void add(UserProfile profile, LinesFile users, LinesFile erased) {
        Tombstone tombstone = profile.tombstone();
        if (tombstone != null) {
            List<String> ids = new ArrayList<>(tombstone.aliases());
            ids.add(profile.userId());
            for (String id : ids) {
                erased.add(
                        JSON.createObjectNode()
                                .put("id", id)
                                .put("erasedAt", tombstone.erasedAt().toString()));
            }
        }
        ObjectNode user = json(profile);
        if (user.size() > 1) {
            users.add(user);
        }
    }

    private LinesFile open(ExportState state, String name) throws IOException {
        return LinesFile.open(folder.resolve(name), state.size(name));
    }

    /** What orders a line of a file, and where the line is. */
    private record Placed<K>(K key, long offset, int length) {}

    /** What orders an item. */
    private record ItemKey(Instant publishedAt, long version, String itemId) {
        private static ItemKey of(JsonNode line) {
            String published = line.path("publishedAt").asText("");
            return new ItemKey(
                    published.isEmpty() ? Instant.EPOCH : Instant.parse(published),
                    line.path("version").asLong(),
                    line.path("itemId").asText());
        }
    }

    /**
     * Writes the items in about the order in which they came: by publication, then by version, then
     * by id. Where scores are equal, the model ranks an item first that it knew first.
     */
    private long putItemsInOrder(ExportState state) throws IOException {
        List<Placed<ItemKey>> items = placed(state, CATALOGUE, ItemKey::of);
        Comparator<ItemKey> order =
                Comparator.comparing(ItemKey::publishedAt)
                        .thenComparingLong(ItemKey::version)
                        .thenComparing(ItemKey::itemId);
        items.sort(Comparator.comparing(Placed::key, order));
        return copy(CATALOGUE, items, SiteManifest.ITEMS, line -> line);
    }

    /**
     * What orders an interaction.
     *
     * @param owner the record that wrote the row
     */
    private record RowKey(Instant receivedAt, ShardPosition owner, String userId) {
        private static RowKey of(JsonNode line) {
            return new RowKey(
                    Instant.parse(line.path("receivedAt").asText()),
                    ShardPosition.parse(line.path("owner").asText()),
                    line.at("/event/userId").asText());
        }
    }

    /**
     * Puts rows into the order of their records: within a shard by sequence, across shards by the
     * time of receipt. Requests at the same time may be put into a shard in another order than that
     * in which they were received, so a row counts as received no earlier than those before it.
     */
    private static void sort(List<Placed<RowKey>> rows) {
        Comparator<RowKey> bySequence =
                Comparator.comparing((RowKey row) -> row.owner().shard())
                        .thenComparing(row -> row.owner().sequence());
        rows.sort(Comparator.comparing(Placed::key, bySequence));
        String shard = "";
        Instant latest = Instant.MIN;
        for (int i = 0; i < rows.size(); i++) {
            Placed<RowKey> placed = rows.get(i);
            RowKey row = placed.key();
            boolean later = !row.owner().shard().equals(shard) || row.receivedAt().isAfter(latest);
            shard = row.owner().shard();
            latest = later ? row.receivedAt() : latest;
            RowKey moved = new RowKey(latest, row.owner(), row.userId());
            rows.set(i, new Placed<>(moved, placed.offset(), placed.length()));
        }
        rows.sort(
                Comparator.comparing(
                        Placed::key, RecordedEvent.order(RowKey::receivedAt, RowKey::owner)));
    }

    /** Writes the events in the order of their records, without those of erased users. */
    private long putEventsInOrder(ExportState state) throws IOException {
        Map<String, Instant> erased = new HashMap<>();
        for (Placed<JsonNode> line : placed(state, ERASED, line -> line)) {
            erased.merge(
                    line.key().path("id").asText(),
                    Instant.parse(line.key().path("erasedAt").asText()),
                    (a, b) -> a.isAfter(b) ? a : b);
        }
        List<Placed<RowKey>> rows = placed(state, ROWS, RowKey::of);
        rows.removeIf(
                row -> {
                    Instant at = erased.get(row.key().userId());
                    return at != null && !row.key().receivedAt().isAfter(at);
                });
        sort(rows);
        return copy(ROWS, rows, SiteManifest.EVENTS, line -> line.path("event"));
    }

    /** Reads the lines of a file, each by its key. */
    private <K> List<Placed<K>> placed(ExportState state, String name, Function<JsonNode, K> key)
            throws IOException {
        List<Placed<K>> placed = new ArrayList<>();
        long offset = 0;
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve(name))) {
            for (long i = 0; i < state.size(name).lines(); i++) {
                String text = String.valueOf(lines.readLine());
                int length = text.getBytes(StandardCharsets.UTF_8).length;
                placed.add(new Placed<>(key.apply(JSON.readTree(text)), offset, length));
                offset += length + 1L;
            }
        }
        return placed;
    }

    /** Writes a file anew from lines of another one, and returns how many it has. */
    private <K> long copy(
            String from, List<Placed<K>> placed, String to, UnaryOperator<JsonNode> converted)
            throws IOException {
        try (RandomAccessFile lines = new RandomAccessFile(folder.resolve(from).toFile(), "r");
                LinesFile target = LinesFile.open(folder.resolve(to), LinesFile.Size.NONE)) {
            for (Placed<K> each : placed) {
                byte[] line = new byte[each.length()];
                lines.seek(each.offset());
                lines.readFully(line);
                target.add(converted.apply(JSON.readTree(line)));
            }
            return target.flush().lines();
        }
    }

    /** Returns the id of a user, and what the site stated that is to be put again. */
    private static ObjectNode json(UserProfile profile) {
        ObjectNode json = JSON.createObjectNode().put("userId", profile.userId());
        if (!profile.attributes().isEmpty()) {
            json.set("attributes", Attributes.write(profile.attributes()));
        }
        Consent consent = profile.consent();
        if (consent != null) {
            json.putObject("consent")
                    .put("personalisation", consent.personalisation())
                    .put("analytics", consent.analytics());
        }
        if (!profile.aliases().isEmpty()) {
            profile.aliases().forEach(json.putArray("aliases")::add);
        }
        return json;
    }
}
