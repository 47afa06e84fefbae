package dev.freshet.recommend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.memory.NeighboursFile;
import dev.freshet.model.memory.NeighboursFile.Row;
import dev.freshet.testkit.Site;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LongMemoryTest {
    private static LongMemory neighbours(Model model) {
        List<Row> rows = new ArrayList<>();
        for (int item = 0; item < 12; item++) {
            rows.add(
                    new Row(
                            "a" + item,
                            List.of("a" + (item + 5) % 12, "a" + (item + 7) % 12),
                            List.of(3.0, 1.0)));
        }
        byte[] bytes = NeighboursFile.encode(rows);
        Example.Neighbours name =
                new Example.Neighbours("key", "0".repeat(64), bytes.length, "job", Site.NOW);
        return LongMemory.read(
                new MemoryNames.Named(name, model.items().size()), bytes, model.items());
    }

    private static Site site() {
        Site site = new Site();
        for (int item = 0; item < 12; item++) {
            site.put(Site.article("a" + item, "Article " + item, "tag" + item % 3));
        }
        for (int item = 0; item < 12; item++) {
            site.crowdReads(
                    4 + item % 3, Duration.ofHours(1 + item), "a" + item, "a" + (item + 1) % 12);
        }
        return site.reads("ann", Duration.ofMinutes(9), "a1", "a3");
    }

    @Test
    void neighboursChangeTheAnswersOfUsersWithItems() {
        Site site = site();
        List<String> before = items(site, "ann");
        List<String> ofNobody = items(site, "nobody");
        site.remember(neighbours(site.model()));

        assertThat(site.model().longMemory().isEmpty()).isFalse();
        assertThat(items(site, "nobody")).isEqualTo(ofNobody);
        assertThat(items(site, "ann")).isNotEqualTo(before);
    }

    private static List<String> items(Site site, String user) {
        return site.recommend("{\"userId\":\"" + user + "\"}").items().stream()
                .map(item -> item.itemId())
                .toList();
    }
}
