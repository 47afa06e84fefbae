package dev.freshet.bench.jmh;

import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.codec.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What a benchmark works on, by name: a world, and the model that learned nine tenths of it. The
 * first process that asks learns it and leaves the snapshot in a folder; the others load that, so
 * all measure the same model.
 */
enum Scene {
    /** Gowalla's training split where its file is given, else a made-up world of that size. */
    GOWALLA(false),
    /** The same with a made-up catalogue: tags, authors, words. */
    CATALOGUE(true),
    /** A million made-up items and four million meetings. */
    MILLION(false);

    static final int BATCH = 1_000;
    private static final long SEED = 1;

    private final boolean catalogued;

    Scene(boolean catalogued) {
        this.catalogued = catalogued;
    }

    /** The scene of this name, in any case. */
    static Scene of(String name) {
        return valueOf(name.toUpperCase(Locale.ROOT));
    }

    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The behaviour.
     *
     * @param lines Gowalla's training lines, or null
     */
    World world(@Nullable Path lines) throws IOException {
        if (this == MILLION) {
            return World.million(SEED);
        }
        return lines == null ? World.likeGowalla(SEED) : World.gowalla(lines, SEED);
    }

    /** How many of the meetings the model has learned. */
    static int learned(World world) {
        return world.interactions() / 10 * 9;
    }

    /** The model, as its snapshot. */
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
        Model model = Model.EMPTY;
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
