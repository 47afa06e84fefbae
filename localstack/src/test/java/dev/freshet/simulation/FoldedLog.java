package dev.freshet.simulation;

import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.model.DeltaCodec;
import dev.freshet.model.Model;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.settings.ModelSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A model log, learned again from the examples in its deltas, version by version.
 *
 * @param model the model at the end of the log, or before the first gap
 * @param learned examples by their source
 * @param faults gaps, and examples contained in two deltas, as sentences
 * @param closed windows that a version closed
 */
record FoldedLog(
        Model model,
        Map<ShardPosition, Example> learned,
        List<String> faults,
        Set<TrendWindow> closed) {
    static FoldedLog of(ModelLog log, ModelSettings settings) {
        return of(log, settings, Long.MAX_VALUE);
    }

    /** Returns the log up to a version. */
    static FoldedLog of(ModelLog log, ModelSettings settings, long version) {
        Map<ShardPosition, Example> learned = new HashMap<>();
        List<String> faults = new ArrayList<>();
        Set<TrendWindow> closed = new HashSet<>();
        Model model = Model.empty(settings);
        long expected = 1;
        for (ModelLog.Version row : log.after(0, Integer.MAX_VALUE)) {
            if (row.version() > version) {
                break;
            }
            if (row.version() != expected++) {
                faults.add("the log has a gap before version " + row.version());
                break;
            }
            List<Example> examples = DeltaCodec.decode(log.delta(row)).examples();
            for (Example example : examples) {
                if (example instanceof Example.FromEvents from
                        && learned.put(from.source(), example) != null) {
                    faults.add("learned twice: " + from.source());
                }
            }
            Model before = model;
            model = Trainer.train(model, examples).model();
            closed.addAll(model.closedTrends(before, row.version()));
        }
        return new FoldedLog(model, learned, faults, closed);
    }
}
