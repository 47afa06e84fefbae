package dev.freshet.bench.jmh;

import dev.freshet.bench.jmh.SceneState.Scene;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.Trainer;
import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Encoding and decoding for the model log: a snapshot in both directions, and a delta of a thousand
 * examples.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class LogBenchmark {
    @SuppressWarnings("NullAway.Init")
    private byte[] delta;

    /** Creates the delta, and records the sizes in bytes. */
    @Setup(Level.Trial)
    public void sizes(SceneState scene) throws IOException {
        int from = scene.learned();
        delta =
                Trainer.train(scene.model, scene.behaviour().examples(from, from + Scene.BATCH))
                        .delta();
        Sizes.measure(scene, delta.length).write(SceneState.folder(), scene.scene);
    }

    @Benchmark
    public byte[] snapshotEncode(SceneState scene) {
        return SnapshotCodec.encode(scene.model);
    }

    @Benchmark
    public Model snapshotLoad(SceneState scene) {
        return SnapshotCodec.decode(scene.snapshot);
    }

    @Benchmark
    public Model deltaApply(SceneState scene) {
        return Trainer.follow(scene.model, DeltaCodec.decode(delta));
    }
}
