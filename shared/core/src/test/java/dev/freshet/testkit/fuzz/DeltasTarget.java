package dev.freshet.testkit.fuzz;

import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.model.Delta;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Examples;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import java.util.List;
import java.util.Random;

/** A delta of the model log; what is read is followed, as a replica does. */
public final class DeltasTarget implements FuzzTarget {
    private final Model base =
            Trainer.train(Model.EMPTY, new Examples("other").mixed(new Random(2), 60)).model();

    @Override
    public String name() {
        return "model log, deltas";
    }

    @Override
    public int maxLength() {
        return 16_384;
    }

    /** A replica's draft copies what it touches in chunks of 256 rows. */
    @Override
    public long maxAllocatedBytes(int length) {
        return (16L << 20) + 20_000L * length;
    }

    @Override
    public List<byte[]> seeds() {
        Examples examples = new Examples();
        Trainer.Step small = Trainer.train(base, examples.mixed(new Random(3), 12));
        Trainer.Step large = Trainer.train(small.model(), examples.mixed(new Random(4), 60));
        return List.of(small.delta(), large.delta());
    }

    @Override
    public void take(byte[] input) {
        try {
            Delta delta = DeltaCodec.decode(input);
            SnapshotCodec.encode(Trainer.follow(base, delta));
        } catch (MalformedBytesException refused) {
            return;
        }
    }
}
