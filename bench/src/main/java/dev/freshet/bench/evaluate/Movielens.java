package dev.freshet.bench.evaluate;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Item;
import dev.freshet.functions.runtime.TermAnalysis;
import dev.freshet.profile.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Parser of MovieLens films and users, which are tab-separated files with a header. */
final class Movielens {
    /** Lower ends of the groups of age that GroupLens uses in its later data sets. */
    private static final int[] AGES = {18, 25, 35, 45, 50, 56};

    private Movielens() {}

    private static List<String[]> rows(Path file, int columns) throws IOException {
        return Files.readAllLines(file).stream()
                .map(line -> line.split("\t", -1))
                .filter(row -> row.length == columns)
                .toList();
    }

    /**
     * Returns films as items: title, genres as tags, year as an attribute. The columns are id,
     * title, year, genres separated by blanks.
     */
    static List<Item> films(Path file) throws IOException {
        return rows(file, 4).stream()
                .filter(row -> !row[0].startsWith("item"))
                .map(row -> film(row[0], row[1], row[2], row[3].strip()))
                .toList();
    }

    private static Item film(String id, String title, String year, String genres) {
        return Item.of(
                id,
                1,
                Item.Content.of(
                                "film",
                                title,
                                genres.isEmpty() ? List.of() : List.of(genres.split(" +")))
                        .with(
                                Map.of(
                                        "year",
                                        AttributeValue.of(year),
                                        TermAnalysis.LANGUAGE,
                                        AttributeValue.of("en"))));
    }

    /**
     * Returns users as profiles by user id, with the attributes age, gender and occupation. The
     * columns are id, age in years, gender, occupation, ZIP code.
     */
    static Map<String, UserProfile> users(Path file) throws IOException {
        return rows(file, 5).stream()
                .filter(row -> row[1].matches("[0-9]{1,3}"))
                .map(
                        row ->
                                UserProfile.absent(row[0])
                                        .with(
                                                new UserProfile.Stated(
                                                        Map.of(
                                                                "age",
                                                                ageGroup(Integer.parseInt(row[1])),
                                                                "gender",
                                                                AttributeValue.of(row[2]),
                                                                "occupation",
                                                                AttributeValue.of(row[3])),
                                                        null)))
                .collect(Collectors.toMap(UserProfile::userId, Function.identity()));
    }

    private static AttributeValue ageGroup(int years) {
        int least = Arrays.stream(AGES).filter(age -> age <= years).max().orElse(0);
        return AttributeValue.of(Integer.toString(least));
    }
}
