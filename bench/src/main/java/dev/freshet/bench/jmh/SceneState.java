package dev.freshet.bench.jmh;

import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.codec.SnapshotCodec;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** JMH state that loads a {@link Scene}. */
@State(Scope.Benchmark)
public class SceneState {
    /** System property with the folder of the snapshots. */
    static final String FOLDER = "freshet.bench.folder";

    /** System property with the path of Gowalla's training lines; absent for a generated world. */
    static final String LINES = "freshet.bench.lines";

    @Param({"gowalla", "catalogue", "million"})
    @SuppressWarnings("NullAway.Init")
    public String scene;

    @SuppressWarnings("NullAway.Init")
    World world;

    @SuppressWarnings("NullAway.Init")
    byte[] snapshot;

    @SuppressWarnings("NullAway.Init")
    Model model;

    @Setup(Level.Trial)
    public void load() throws IOException {
        String lines = System.getProperty(LINES);
        Scene of = Scene.of(scene);
        world = of.world(lines == null ? null : Path.of(lines));
        Path folder = folder();
        snapshot = of.snapshot(world, folder);
        model = SnapshotCodec.decode(snapshot);
    }

    static Path folder() {
        return Path.of(System.getProperty(FOLDER, System.getProperty("java.io.tmpdir")));
    }

    Behaviour behaviour() {
        return new Behaviour(world);
    }

    /** Returns the number of interactions that the model has learned. */
    int learned() {
        return Scene.learned(world);
    }

    Map<Integer, History> histories(int users) {
        return behaviour().histories(learned(), users);
    }
}
