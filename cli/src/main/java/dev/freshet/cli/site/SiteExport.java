package dev.freshet.cli.site;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.dynamodb.ScanPage;
import dev.freshet.catalog.Attributes;
import dev.freshet.catalog.Item;
import dev.freshet.catalog.ItemWriter;
import dev.freshet.cli.CommandException;
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
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * An export of a site into a folder, which goes on where it was interrupted. Each table is read
 * part by part; after a part its lines are handed to the operating system, and then the {@link
 * ExportState} says so. What was written behind that state is cut off when the export goes on, so
 * that nothing is in the files twice and nothing is missing.
 *
 * <p>Items and interactions are first written as they come, and put into order at the end by their
 * keys, which are held in memory then.
 */
final class SiteExport {
    /** Most interactions, whose keys take about 250 bytes of memory each. */
    static final int MAX_EVENTS = 5_000_000;

    private static final String CATALOGUE = "items.part";
    private static final String ROWS = "interactions.part";
    private static final String ERASED = "erased.part";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path folder;
    private final SiteTables tables;
    private final EventTypes types;

    /**
     * Creates an export.
     *
     * @param types the types of the stack, which name those of its own
     */
    SiteExport(Path folder, SiteTables tables, EventTypes types) {
        this.folder = folder;
        this.tables = tables;
        this.types = types;
    }

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
        if (isStated(profile)) {
            users.add(json(profile));
        }
    }

    private LinesFile open(ExportState state, String name) throws IOException {
        return LinesFile.open(folder.resolve(name), state.size(name));
    }

    /** Where a line is in a file. */
    private record Place(long offset, int length) {}

    /** The key of an item, and where its line is. */
    private record PlacedItem(Instant publishedAt, long version, String itemId, Place place) {}

    /**
     * Writes the items in about the order in which they came: by publication, then by version, then
     * by id. Where scores are equal, the model ranks an item first that it knew first.
     */
    private long putItemsInOrder(ExportState state) throws IOException {
        List<PlacedItem> items = new ArrayList<>();
        each(
                state,
                CATALOGUE,
                (line, place) -> {
                    String published = line.path("publishedAt").asText("");
                    items.add(
                            new PlacedItem(
                                    published.isEmpty() ? Instant.EPOCH : Instant.parse(published),
                                    line.path("version").asLong(),
                                    line.path("itemId").asText(),
                                    place));
                });
        items.sort(
                Comparator.comparing(PlacedItem::publishedAt)
                        .thenComparingLong(PlacedItem::version)
                        .thenComparing(PlacedItem::itemId));
        Stream<Place> places = items.stream().map(PlacedItem::place);
        return copy(CATALOGUE, places.toList(), SiteManifest.ITEMS, line -> line);
    }

    /**
     * The key of an interaction, and where its line is.
     *
     * @param owner the record that wrote the row
     */
    private record Placed(Instant receivedAt, ShardPosition owner, String userId, Place place) {
        private Placed at(Instant other) {
            return new Placed(other, owner, userId, place);
        }
    }

    /**
     * Puts rows into the order of their records: within a shard by sequence, across shards by the
     * time of receipt. Requests at the same time may be put into a shard in another order than that
     * in which they were received, so a row counts as received no earlier than those before it.
     */
    private static void sort(List<Placed> rows) {
        rows.sort(
                Comparator.comparing((Placed row) -> row.owner().shard())
                        .thenComparing(row -> row.owner().sequence()));
        String shard = "";
        Instant latest = Instant.MIN;
        for (int i = 0; i < rows.size(); i++) {
            Placed row = rows.get(i);
            boolean later = !row.owner().shard().equals(shard) || row.receivedAt().isAfter(latest);
            shard = row.owner().shard();
            latest = later ? row.receivedAt() : latest;
            rows.set(i, row.at(latest));
        }
        rows.sort(RecordedEvent.order(Placed::receivedAt, Placed::owner));
    }

    /** Writes the events in the order of their records, without those of erased users. */
    private long putEventsInOrder(ExportState state) throws IOException {
        Map<String, Instant> erased = erased(state);
        List<Placed> rows = rows(state);
        rows.removeIf(
                row -> {
                    Instant at = erased.get(row.userId());
                    return at != null && !row.receivedAt().isAfter(at);
                });
        sort(rows);
        List<Place> places = rows.stream().map(Placed::place).toList();
        return copy(ROWS, places, SiteManifest.EVENTS, line -> line.path("event"));
    }

    private List<Placed> rows(ExportState state) throws IOException {
        List<Placed> rows = new ArrayList<>();
        each(
                state,
                ROWS,
                (line, place) ->
                        rows.add(
                                new Placed(
                                        Instant.parse(line.path("receivedAt").asText()),
                                        ShardPosition.parse(line.path("owner").asText()),
                                        line.at("/event/userId").asText(),
                                        place)));
        return rows;
    }

    /** Passes the lines of a file on, with their places. */
    private void each(ExportState state, String name, BiConsumer<JsonNode, Place> line)
            throws IOException {
        long offset = 0;
        try (BufferedReader lines = Files.newBufferedReader(folder.resolve(name))) {
            for (long i = 0; i < state.size(name).lines(); i++) {
                String text = String.valueOf(lines.readLine());
                int length = text.getBytes(StandardCharsets.UTF_8).length;
                line.accept(JSON.readTree(text), new Place(offset, length));
                offset += length + 1L;
            }
        }
    }

    /** Writes a file anew from lines of another one, and returns how many it has. */
    private long copy(String from, List<Place> places, String to, UnaryOperator<JsonNode> converted)
            throws IOException {
        try (RandomAccessFile lines = new RandomAccessFile(folder.resolve(from).toFile(), "r");
                LinesFile target = LinesFile.open(folder.resolve(to), LinesFile.Size.NONE)) {
            for (Place place : places) {
                byte[] line = new byte[place.length()];
                lines.seek(place.offset());
                lines.readFully(line);
                target.add(converted.apply(JSON.readTree(line)));
            }
            return target.flush().lines();
        }
    }

    private Map<String, Instant> erased(ExportState state) throws IOException {
        Map<String, Instant> erased = new HashMap<>();
        each(
                state,
                ERASED,
                (line, _) ->
                        erased.merge(
                                line.path("id").asText(),
                                Instant.parse(line.path("erasedAt").asText()),
                                (a, b) -> a.isAfter(b) ? a : b));
        return erased;
    }

    /** Whether the site stated anything of the user that is to be put again. */
    private static boolean isStated(UserProfile profile) {
        return !profile.attributes().isEmpty()
                || profile.consent() != null
                || !profile.aliases().isEmpty();
    }

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
