package dev.freshet.bench.evaluate;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.functions.runtime.TermAnalysis;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Parser of MovieLens films as items: title, genres as tags, year as an attribute. The file is
 * tab-separated with a header: id, title, year, genres separated by blanks.
 */
final class MovielensCatalogue {
    private static final int COLUMNS = 4;

    private MovielensCatalogue() {}

    static List<Item> read(Path file) throws IOException {
        List<Item> items = new ArrayList<>();
        for (String line : Files.readAllLines(file)) {
            String[] c = line.split("\t", -1);
            if (c.length == COLUMNS && !c[0].startsWith("item")) {
                items.add(film(c[0], c[1], c[2], c[3]));
            }
        }
        return items;
    }

    private static Item film(String id, String title, String year, String genres) {
        return Item.of(
                id,
                1,
                new Item.Content(
                        "film",
                        null,
                        title,
                        "",
                        genres.isBlank() ? List.of() : List.of(genres.strip().split(" +")),
                        null,
                        null,
                        Map.of(
                                "year",
                                AttributeValue.of(year),
                                TermAnalysis.LANGUAGE,
                                AttributeValue.of("en"))));
    }
}
