package dev.freshet.cli.site;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.cli.imports.entry.ImportEntry;
import dev.freshet.cli.imports.entry.LineParser;
import dev.freshet.cli.imports.input.InputLine;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;

/**
 * Converts the lines of one file of an export.
 *
 * @param file its name in the manifest
 * @param erased whether the user of an id was erased since the export: what the files say of such a
 *     user is left out
 */
record SiteParser(String file, Predicate<String> erased) implements LineParser {
    static final String ERASED = "user erased since the export";

    private static final ObjectMapper JSON = new ObjectMapper();

    @Override
    public String name() {
        return "export/" + file;
    }

    @Override
    public boolean isHeader(InputLine first) {
        return false;
    }

    @Override
    public List<ImportEntry> entries(InputLine line) {
        try {
            if (JSON.readTree(line.text()) instanceof ObjectNode json) {
                return switch (file) {
                    case SiteManifest.ITEMS -> List.of(new ImportEntry.OfItem(line, json));
                    case SiteManifest.USERS -> user(line, json);
                    default -> List.of(event(line, json));
                };
            }
            return List.of(new ImportEntry.Unreadable(line, "The line is not a JSON object."));
        } catch (JsonProcessingException e) {
            return List.of(
                    new ImportEntry.Unreadable(
                            line, "The line is not JSON: " + e.getOriginalMessage()));
        }
    }

    private List<ImportEntry> user(InputLine line, ObjectNode json) {
        String id = json.path("userId").asText();
        if (erased.test(id)) {
            return List.of(new ImportEntry.Skipped(line, ERASED));
        }
        List<ImportEntry> entries = new ArrayList<>();
        ObjectNode stated = json.deepCopy().without(List.of("userId", "aliases"));
        if (!stated.isEmpty()) {
            entries.add(new ImportEntry.OfUser(line, id, stated));
        }
        for (JsonNode alias : json.path("aliases")) {
            if (!erased.test(alias.asText())) {
                entries.add(new ImportEntry.OfAlias(line, alias.asText(), id));
            }
        }
        return entries;
    }

    private ImportEntry event(InputLine line, ObjectNode json) {
        return erased.test(json.path("userId").asText())
                ? new ImportEntry.Skipped(line, ERASED)
                : new ImportEntry.OfEvent(line, json);
    }
}
