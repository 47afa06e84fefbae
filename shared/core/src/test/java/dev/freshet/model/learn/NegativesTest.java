package dev.freshet.model.learn;

import static dev.freshet.model.Examples.learned;
import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.candidate.Candidates;
import dev.freshet.event.Context;
import dev.freshet.example.Example;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.history.Preferences;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.model.signal.Signals;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class NegativesTest {
    private static final int MANY = 4_000;
    private final Examples examples = new Examples();

    /** So many items; readers 1 to 40 meet the first forty, three each. */
    private Model model(int items) {
        List<Example> stream = new ArrayList<>();
        for (int item = 0; item < items; item++) {
            stream.add(Examples.item("item-" + item, 1, List.of(), item));
        }
        for (int user = 1; user <= 40; user++) {
            for (int step = 0; step < 3; step++) {
                String item = "item-" + (user * 7 + step) % 40;
                stream.add(examples.interaction(user, item, Duration.ofMinutes(user)));
            }
        }
        return learned(stream);
    }

    /** Lessons of a thousand readers who know item-0 and take this one. */
    private static List<Negatives> negatives(Model model, String taken) {
        var chance = model.blend().draft();
        Preferences preferences = Preferences.ofItem(model.items().index("item-0"));
        Signals signals = Signals.of(model, preferences, Context.UNKNOWN, model.clock());
        IntIndex seen = new IntIndex(4);
        seen.orderOrInsert(model.items().index("item-0"));
        return IntStream.range(0, 1_000)
                .mapToObj(
                        turn ->
                                Negatives.candidates(
                                        model,
                                        signals,
                                        seen,
                                        model.items().index(taken),
                                        chance::draw))
                .filter(negatives -> negatives != null)
                .toList();
    }

    private static double all(Negatives some) {
        double sum = 0;
        for (int at = 0; at < some.items().size(); at++) {
            sum += some.stands()[at];
        }
        return sum;
    }

    @Test
    void itGoesByTheBoundsThatRequestsKeep() {
        assertThat(Negatives.CANDIDATES).isEqualTo(Candidates.MAX);
        assertThat(Negatives.DEPTH).isEqualTo(Candidates.USUAL_DEPTH);
    }

    @Test
    void ofFewItemsEachIsStoodForOnce() {
        List<Negatives> negatives = negatives(model(200), "item-150");
        assertThat(negatives).hasSize(1_000);
        assertThat(all(negatives.getFirst())).isBetween(195.0, 200.0);
    }

    @Test
    void ofManyOnlyAsManyAreStoodForAsWouldBeCandidates() {
        for (Negatives some : negatives(model(MANY), "item-7")) {
            assertThat(all(some)).isBetween(990.0, 1_001.0);
        }
    }

    @Test
    void whatAListNamesIsAExampleAlwaysAndAllElseAsOftenAsThereArePlaces() {
        Model model = model(MANY);
        assertThat(negatives(model, "item-7")).hasSize(1_000);
        double share = 960.0 / (MANY - 40);
        assertThat(negatives(model, "item-3999").size() / 1_000.0)
                .isBetween(share - 0.04, share + 0.04);
    }

    @Test
    void whatWasTakenComesFirstAndWhatWasSeenNeverComes() {
        Model model = model(MANY);
        for (Negatives some : negatives(model, "item-7")) {
            assertThat(some.items().key(0)).isEqualTo(model.items().index("item-7"));
            assertThat(IntStream.range(0, some.items().size()).map(some.items()::key))
                    .doesNotHaveDuplicates()
                    .doesNotContain(model.items().index("item-0"));
        }
    }
}
