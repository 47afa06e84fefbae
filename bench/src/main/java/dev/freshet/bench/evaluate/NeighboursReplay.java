package dev.freshet.bench.evaluate;

import dev.freshet.bench.evaluate.Trace.Step;
import dev.freshet.example.Example;
import dev.freshet.model.Model;
import dev.freshet.model.memory.ItemNeighbours;
import dev.freshet.model.memory.LongMemory;
import dev.freshet.model.memory.MemoryNames;
import dev.freshet.model.memory.NeighbourCount;
import dev.freshet.model.memory.PairWeights;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The batch job's part in a replay: neighbours of items over the whole history so far. */
final class NeighboursReplay {
    private final Map<Integer, Set<String>> taken = new LinkedHashMap<>();
    private final int every;
    private int events;

    /**
     * Creates the part before the first event.
     *
     * @param every number of events after which neighbours are counted anew
     */
    NeighboursReplay(int every) {
        this.every = every;
    }

    /** Returns the model that has learned some steps, with new neighbours where a job is due. */
    Model learned(List<Step> steps, Model model) {
        int jobs = events / every;
        for (Step step : steps) {
            if (step.row().strength() > 0) {
                taken.computeIfAbsent(step.interaction().person(), none -> new LinkedHashSet<>())
                        .add(step.row().target().id());
            }
        }
        events += steps.size();
        return events / every > jobs ? counted(model) : model;
    }

    /** Returns the model with neighbours of all steps so far. */
    Model counted(Model model) {
        NeighbourCount count = new NeighbourCount(PairWeights.DEFAULT);
        taken.values().forEach(items -> count.add(List.copyOf(items)));
        byte[] bytes = ItemNeighbours.file(count.nearest(done -> {}));
        Example.Neighbours name =
                new Example.Neighbours("key", "0".repeat(64), bytes.length, "job", Instant.EPOCH);
        return model.withMemory(
                LongMemory.read(
                        new MemoryNames.Named(name, model.items().size()), bytes, model.items()));
    }
}
