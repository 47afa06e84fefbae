package dev.freshet.bench.jmh;

import dev.freshet.example.Example;
import dev.freshet.features.History;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.settings.ModelSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        model = SnapshotCodec.decode(snapshot).withReadSettings(Scene.SETTINGS);
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

    /**
     * Named input of a benchmark: a world, and the model that has learned nine tenths of it under
     * the default {@code kAnonymity}. The first process trains the model and stores its snapshot in
     * a folder; later processes load the snapshot, so all measure the same model.
     */
    enum Scene {
        /**
         * Gowalla's training split if its file is given, otherwise a generated world of that size.
         */
        GOWALLA(false),
        /** The world of {@link #GOWALLA} with a generated catalogue of tags, authors and words. */
        CATALOGUE(true),
        /** A million generated items and four million interactions. */
        MILLION(false);

        static final int BATCH = 1_000;
        private static final ModelSettings SETTINGS =
                ModelSettings.DEFAULT.withKAnonymity(ModelSettings.USUAL_K_ANONYMITY);
        private static final long SEED = 1;

        private final boolean catalogued;

        Scene(boolean catalogued) {
            this.catalogued = catalogued;
        }

        /** Returns the scene of this name, in any case. */
        static Scene of(String name) {
            return valueOf(name.toUpperCase(Locale.ROOT));
        }

        String label() {
            return name().toLowerCase(Locale.ROOT);
        }

        /**
         * Returns the world.
         *
         * @param lines Gowalla's training lines, or null
         */
        World world(@Nullable Path lines) throws IOException {
            if (this == MILLION) {
                return World.million(SEED);
            }
            return lines == null ? World.likeGowalla(SEED) : World.gowalla(lines, SEED);
        }

        /** Returns the number of interactions that the model has learned. */
        static int learned(World world) {
            return world.interactions() / 10 * 9;
        }

        /** Returns the model's snapshot. */
        byte[] snapshot(World world, Path folder) throws IOException {
            Path file = folder.resolve(label() + ".snapshot");
            if (Files.notExists(file)) {
                Path part = folder.resolve(label() + ".part");
                Files.write(part, SnapshotCodec.encode(learn(world)));
                Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
            }
            return Files.readAllBytes(file);
        }

        private Model learn(World world) {
            Behaviour behaviour = new Behaviour(world);
            Model model = Model.empty(SETTINGS);
            if (catalogued) {
                model = Trainer.train(model, behaviour.catalogue(SEED)).model();
            }
            int learned = learned(world);
            for (int from = 0; from < learned; from += BATCH) {
                List<Example> batch = behaviour.examples(from, Math.min(learned, from + BATCH));
                model = Trainer.train(model, batch).model();
            }
            return model;
        }
    }
}
