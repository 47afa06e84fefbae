package dev.freshet.bench.jmh;

import dev.freshet.json.JsonRecords;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Sizes of the model.
 *
 * @param heap bytes retained by one loaded model, measured as a difference after garbage
 *     collections
 * @param snapshot bytes of the encoded snapshot
 * @param delta bytes of an encoded delta of a thousand examples
 * @param items number of items
 * @param users number of users with a basket
 * @param entries number of basket entries
 */
record Sizes(long heap, long snapshot, long delta, int items, int users, int entries) {
    private static final int COLLECTIONS = 4;

    static Sizes measure(SceneState scene, long delta) {
        long before = used();
        Model model = SnapshotCodec.decode(scene.snapshot);
        long heap = used() - before;
        return new Sizes(
                heap,
                scene.snapshot.length,
                delta,
                model.items().size(),
                model.users(),
                model.entries());
    }

    void write(Path folder, String scene) throws IOException {
        Files.write(file(folder, scene), JsonRecords.bytes(this));
    }

    /** Returns the recorded sizes of a scene; empty if none were recorded. */
    static Optional<Sizes> read(Path folder, String scene) throws IOException {
        Path file = file(folder, scene);
        return Files.notExists(file)
                ? Optional.empty()
                : Optional.of(JsonRecords.read(Files.readAllBytes(file), Sizes.class));
    }

    private static Path file(Path folder, String scene) {
        return folder.resolve(scene + ".sizes");
    }

    /** Returns the bytes of the heap that are in use, after garbage collections. */
    static long used() {
        Runtime runtime = Runtime.getRuntime();
        for (int n = 0; n < COLLECTIONS; n++) {
            System.gc();
        }
        return runtime.totalMemory() - runtime.freeMemory();
    }
}
