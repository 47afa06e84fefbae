package dev.freshet.cli.imports;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.api.ApiResponse;
import dev.freshet.api.FreshetClient;
import dev.freshet.cli.imports.ImportRun.EntrySink;
import dev.freshet.console.Text;
import dev.freshet.json.Identifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Notes the first {@value #MOST} items that the events of an import name, and says afterwards which
 * of them the catalogue does not have. The API takes such events without asking, since items may
 * follow; nobody is shown these items until then.
 */
final class NamedItems implements EntrySink {
    /** Most items that are looked up, each by a request. */
    static final int MOST = 100;

    private static final int SHOWN = 5;

    private final EntrySink sink;
    private final Set<String> ids = new LinkedHashSet<>();

    /** Creates a note without items, in front of what takes the entries. */
    NamedItems(EntrySink sink) {
        this.sink = sink;
    }

    @Override
    public int room() {
        return sink.room();
    }

    @Override
    public void take(List<ImportEntry> entries, Account account) throws InterruptedException {
        for (ImportEntry entry : entries) {
            if (entry instanceof ImportEntry.OfEvent(_, var event)) {
                add(event.path("itemId"));
                event.path("items").forEach(this::add);
                if (event.at("/target/kind").asText().equals("item")) {
                    add(event.at("/target/id"));
                }
            }
        }
        sink.take(entries, account);
    }

    private void add(JsonNode id) {
        if (ids.size() < MOST && id.isTextual() && Identifier.ANY.accepts(id.asText())) {
            ids.add(id.asText());
        }
    }

    /** Returns a sentence about items that are missing, or that could not be looked up, if any. */
    Optional<String> warning(FreshetClient client) {
        List<String> missing = new ArrayList<>();
        for (String id : ids) {
            ApiResponse answer = client.get("/v1/items/" + FreshetClient.segment(id));
            if (answer.status() == 404) {
                missing.add(id);
            } else if (!answer.ok()) {
                return Optional.of(
                        "Whether the catalogue has the items was not found out: "
                                + answer.problem());
            }
        }
        return missing.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        "The catalogue does not have %d of the first %d items that the events name: %s. Events wait for their items: put them, or deploy with catalogue=open."
                                .formatted(missing.size(), ids.size(), shown(missing)));
    }

    private static String shown(List<String> missing) {
        String some =
                String.join(
                        ", ",
                        missing.stream().limit(SHOWN).map(id -> Text.cut(id, Text.WIDTH)).toList());
        return missing.size() > SHOWN ? some + ", …" : some;
    }
}
