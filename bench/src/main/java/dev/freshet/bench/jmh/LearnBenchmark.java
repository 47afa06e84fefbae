package dev.freshet.bench.jmh;

import dev.freshet.bench.jmh.SceneState.Scene;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.log.Trainer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Learning at full size: consecutive batches of a thousand examples from the last tenth, each into
 * a new version and the bytes of its delta. After the last batch the model is reset to nine tenths.
 * The additional learning budget of a new site is used up before.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 5, time = 3)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class LearnBenchmark {
    private final List<List<Example>> batches = new ArrayList<>();
    private final List<List<Example>> withLists = new ArrayList<>();
    private int next;

    @SuppressWarnings("NullAway.Init")
    private Model model;

    @Setup(Level.Trial)
    public void batches(SceneState scene) {
        Behaviour behaviour = scene.behaviour();
        int end = scene.world.interactions() - Scene.BATCH;
        for (int from = scene.learned(); from < end; from += Scene.BATCH) {
            batches.add(behaviour.examples(from, from + Scene.BATCH));
        }
        ShownLists lists = new ShownLists();
        batches.forEach(batch -> withLists.add(lists.of(batch)));
        model = scene.model;
    }

    @Benchmark
    @OperationsPerInvocation(Scene.BATCH)
    public Trainer.Step examples(SceneState scene) {
        return learn(scene, batches);
    }

    /** Learns batches of which four examples in ten are lists shown. */
    @Benchmark
    @OperationsPerInvocation(Scene.BATCH)
    public Trainer.Step examplesWithLists(SceneState scene) {
        return learn(scene, withLists);
    }

    private Trainer.Step learn(SceneState scene, List<List<Example>> of) {
        if (next == of.size()) {
            next = 0;
            model = scene.model;
        }
        Trainer.Step step = Trainer.train(model, of.get(next++));
        model = step.model();
        return step;
    }
}
