package dev.freshet.testkit.fuzz;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.HalfLife;
import dev.freshet.model.popularity.Scope;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/**
 * A snapshot of the model log; a model that is read is written again, asked and taught on, as a
 * trainer and a replica do.
 */
public final class SnapshotsTarget implements FuzzTarget {
    @Override
    public String name() {
        return "model log, snapshots";
    }

    @Override
    public int maxLength() {
        return 16_384;
    }

    @Override
    public long maxAllocatedBytes(int length) {
        return (32L << 20) + 20_000L * length;
    }

    @Override
    public List<byte[]> seeds() {
        Examples examples = new Examples();
        Model small = Trainer.train(Model.EMPTY, examples.mixed(new Random(3), 25)).model();
        Model larger = Trainer.train(small, examples.mixed(new Random(4), 60)).model();
        return List.of(
                SnapshotCodec.encode(Model.EMPTY),
                SnapshotCodec.encode(small),
                SnapshotCodec.encode(larger));
    }

    @Override
    public void take(byte[] input) {
        Model model;
        try {
            model = SnapshotCodec.decode(input);
        } catch (MalformedBytesException refused) {
            return;
        }
        byte[] bytes = SnapshotCodec.encode(model);
        if (!Arrays.equals(SnapshotCodec.encode(SnapshotCodec.decode(bytes)), bytes)) {
            throw new IllegalStateException("a snapshot that is written is read as another");
        }
        model.popularity().top(Scope.ALL, HalfLife.TWO_HOURS, model.clock(), 5);
        if (model.items().size() > 0) {
            model.coOccurrence().similar(0, 5);
            model.nextItems().after(0, 5);
        }
        Trainer.train(model, new Examples("later").mixed(new Random(5), 5));
    }
}
