package dev.freshet.bench.evaluate;

import dev.freshet.attribute.AttributeValue;
import dev.freshet.profile.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * Parser of MovieLens users as profiles with the attributes age, gender and occupation. The file is
 * tab-separated with a header: id, age in years, gender, occupation, ZIP code.
 */
final class MovielensUsers {
    private static final int COLUMNS = 5;

    /** Lower ends of the groups of age that GroupLens uses in its later data sets. */
    private static final int[] AGES = {18, 25, 35, 45, 50, 56};

    private MovielensUsers() {}

    /** Returns the profiles by user id. */
    static Map<String, UserProfile> read(Path file) throws IOException {
        Map<String, UserProfile> profiles = new HashMap<>();
        for (String line : Files.readAllLines(file)) {
            String[] c = line.split("\t", -1);
            if (c.length == COLUMNS && c[1].matches("[0-9]{1,3}")) {
                profiles.put(
                        c[0],
                        UserProfile.absent(c[0])
                                .with(
                                        new UserProfile.Stated(
                                                Map.of(
                                                        "age",
                                                                AttributeValue.of(
                                                                        ageGroup(
                                                                                Integer.parseInt(
                                                                                        c[1]))),
                                                        "gender", AttributeValue.of(c[2]),
                                                        "occupation", AttributeValue.of(c[3])),
                                                null)));
            }
        }
        return profiles;
    }

    private static String ageGroup(int years) {
        int group = 0;
        while (group < AGES.length && years >= AGES[group]) {
            group++;
        }
        return group == 0 ? "0" : Integer.toString(AGES[group - 1]);
    }
}
