package dev.freshet.bench.evaluate;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.profile.UserProfile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MovielensTest {
    @TempDir private Path folder;

    @Test
    void agesAreGroupedAndLinesWithoutAnAgeAreLeftOut() throws IOException {
        Path file = folder.resolve("users");
        Files.write(
                file,
                List.of(
                        "user_id:token\tage:token\tgender:token\toccupation:token\tzip_code:token",
                        "1\t24\tM\ttechnician\t85711",
                        "2\t17\tF\tstudent\t94043",
                        "3\t73\tF\tretired\t94043",
                        "4\t\tF\tother\t94043",
                        "broken"));

        Map<String, UserProfile> profiles = Movielens.users(file);

        assertThat(profiles).containsOnlyKeys("1", "2", "3");
        assertThat(profiles)
                .extractingByKey("1")
                .extracting(UserProfile::attributes)
                .isEqualTo(
                        Map.of(
                                "age", AttributeValue.of("18"),
                                "gender", AttributeValue.of("M"),
                                "occupation", AttributeValue.of("technician")));
        assertThat(age(profiles, "2")).isEqualTo(AttributeValue.of("0"));
        assertThat(age(profiles, "3")).isEqualTo(AttributeValue.of("56"));
    }

    private static @Nullable AttributeValue age(Map<String, UserProfile> profiles, String id) {
        return profiles.getOrDefault(id, UserProfile.absent(id)).attributes().get("age");
    }
}
