package dev.freshet.bench.jmh;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.freshet.bench.jmh.SceneState.Scene;
import dev.freshet.candidate.RequestContext;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WorldTest {
    @Test
    void aGeneratedWorldHasItsSizeAndDistinctPairs() {
        World world = World.generated(2_000, 300, 6_000, 7);
        assertThat(world.interactions()).isBetween(4_000, 6_000);
        assertThat(world.items()).isBetween(1_500, 2_000);
        Set<Long> pairs = new HashSet<>();
        for (int n = 0; n < world.interactions(); n++) {
            assertThat(pairs.add((long) world.user()[n] << 32 | world.item()[n])).isTrue();
        }
    }

    @Test
    void aSeedMakesOneWorld() {
        assertThat(World.generated(500, 50, 900, 1).item())
                .isEqualTo(World.generated(500, 50, 900, 1).item())
                .isNotEqualTo(World.generated(500, 50, 900, 2).item());
    }

    @Test
    void givenLinesBecomeAllTheirPairs(@TempDir Path folder) throws IOException {
        Path lines = Files.writeString(folder.resolve("train.txt"), "0 4 5\n2 5\n");
        World world = World.gowalla(lines, 1);
        assertThat(world.interactions()).isEqualTo(3);
        assertThat(world.items()).isEqualTo(6);
        assertThat(world.users()).isEqualTo(3);
        Path empty = Files.writeString(folder.resolve("empty.txt"), "0\n");
        assertThatThrownBy(() -> World.gowalla(empty, 1)).hasMessageContaining("no pairs");
    }

    @Test
    void aModelLearnsTheBehaviourAndTheHistoriesAreWhatItLearned() {
        World world = World.generated(300, 40, 1_000, 3);
        Behaviour behaviour = new Behaviour(world);
        Model model = Trainer.train(Model.EMPTY, behaviour.catalogue(3)).model();
        model = Trainer.train(model, behaviour.examples(0, world.interactions())).model();
        assertThat(model.entries()).isEqualTo(world.interactions());
        Map<Integer, History> histories = behaviour.histories(world.interactions(), 10);
        assertThat(histories).hasSize(10);
        for (History history : histories.values()) {
            assertThat(history.entries()).isNotEmpty();
            assertThat(history.entries())
                    .isSortedAccordingTo((one, other) -> other.at().compareTo(one.at()));
        }
        assertThat(model.items().index("item-0")).isNotEqualTo(RequestContext.NO_ITEM);
    }

    @Test
    void sizesWrittenAreSizesRead(@TempDir Path folder) throws IOException {
        Sizes sizes = new Sizes(26_000_000, 14_000_000, 40_000, 41_000, 29_000, 780_000);
        sizes.write(folder, "gowalla");
        assertThat(Sizes.read(folder, "gowalla")).contains(sizes);
        assertThat(Sizes.read(folder, "million")).isEmpty();
    }

    @Test
    void snapshotsAreLeftForTheNextProcess(@TempDir Path folder) throws IOException {
        World world = World.generated(200, 30, 500, 5);
        byte[] first = Scene.GOWALLA.snapshot(world, folder);
        byte[] marked = SnapshotCodec.encode(Model.EMPTY);
        Files.write(folder.resolve("gowalla.snapshot"), marked);
        assertThat(first).isNotEqualTo(marked);
        assertThat(Scene.GOWALLA.snapshot(world, folder)).isEqualTo(marked);
    }
}
