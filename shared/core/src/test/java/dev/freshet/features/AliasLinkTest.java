package dev.freshet.features;

import static dev.freshet.features.EventFlow.alias;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.event.StreamRecord;
import dev.freshet.example.Example;
import dev.freshet.features.FeatureFlow.EventOutcome;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The links that the stream makes, whatever was promised when the alias was sent. */
class AliasLinkTest {
    private final EventFlow at = new EventFlow();

    private EventOutcome link(String anonymousId, String userId) {
        return at.take(alias(anonymousId, userId)).outcomes().keySet().iterator().next();
    }

    @Test
    void anIdWithAliasesBecomesNoAlias() {
        link("anon-1", "ben");

        assertThat(link("ben", "cleo")).isEqualTo(EventOutcome.ALIAS_REFUSED);

        assertThat(at.profiles.get("ben").aliasOf()).isNull();
        assertThat(at.profiles.get("ben").aliases()).containsExactly("anon-1");
        assertThat(at.profiles.get("cleo").aliases()).isEmpty();
    }

    @Test
    void anAliasGetsNoAliases() {
        link("ben", "cleo");

        assertThat(link("anon-1", "ben")).isEqualTo(EventOutcome.ALIAS_REFUSED);

        assertThat(at.profiles.get("anon-1").aliasOf()).isNull();
        assertThat(at.profiles.get("ben").aliases()).isEmpty();
        assertThat(at.learned()).hasSize(1).allMatch(Example.Merge.class::isInstance);
    }

    @Test
    void aUserWithAHundredAliasesGetsNoFurtherOneAndKeepsThoseItHas() {
        List<String> hundred =
                IntStream.range(0, UserProfile.MAX_ALIASES).mapToObj(i -> "anon-" + i).toList();
        at.profiles.put(UserProfile.absent("ben").withAliases(hundred));

        assertThat(link("anon-100", "ben")).isEqualTo(EventOutcome.ALIAS_REFUSED);
        assertThat(at.profiles.get("anon-100").aliasOf()).isNull();
        assertThat(link("anon-7", "ben")).isEqualTo(EventOutcome.ALIASED);
    }

    @Test
    void inNoOrderOfManyLinksAnAliasHasAliases() {
        for (long seed = 0; seed < 200; seed++) {
            EventFlow mine = new EventFlow();
            SplittableRandom random = new SplittableRandom(seed);
            List<StreamRecord> links = new ArrayList<>();
            for (int i = 0; i < 12; i++) {
                int from = random.nextInt(5);
                int to = (from + 1 + random.nextInt(4)) % 5;
                links.add(mine.record(alias("id-" + from, "id-" + to)));
            }
            mine.take(links);
            for (int i = 0; i < 5; i++) {
                UserProfile profile = mine.profiles.get("id-" + i);
                assertThat(profile.aliasOf() == null || profile.aliases().isEmpty())
                        .as("seed %d: %s", seed, profile)
                        .isTrue();
                for (String alias : profile.aliases()) {
                    assertThat(mine.profiles.get(alias).aliasOf())
                            .as("seed %d: alias %s of %s", seed, alias, profile.userId())
                            .isEqualTo(profile.userId());
                }
            }
        }
    }
}
