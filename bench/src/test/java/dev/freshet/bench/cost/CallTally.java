package dev.freshet.bench.cost;

import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/** What one caller has consumed since the process began. */
final class CallTally {
    final DoubleAdder reads = new DoubleAdder();
    final DoubleAdder modelReads = new DoubleAdder();
    final LongAdder modelCalls = new LongAdder();
    final DoubleAdder writes = new DoubleAdder();
    final LongAdder stored = new LongAdder();
    final DoubleAdder streamUnits = new DoubleAdder();
    final LongAdder puts = new LongAdder();
    final LongAdder gets = new LongAdder();

    /** The sums at one moment, or their increase between two. */
    record Counts(
            double reads,
            double modelReads,
            double modelCalls,
            double writes,
            double stored,
            double streamUnits,
            double puts,
            double gets) {
        Counts minus(Counts before) {
            return new Counts(
                    reads - before.reads,
                    modelReads - before.modelReads,
                    modelCalls - before.modelCalls,
                    writes - before.writes,
                    stored - before.stored,
                    streamUnits - before.streamUnits,
                    puts - before.puts,
                    gets - before.gets);
        }
    }

    Counts now() {
        return new Counts(
                reads.sum(),
                modelReads.sum(),
                modelCalls.sum(),
                writes.sum(),
                stored.sum(),
                streamUnits.sum(),
                puts.sum(),
                gets.sum());
    }
}
