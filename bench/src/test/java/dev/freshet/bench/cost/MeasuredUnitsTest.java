package dev.freshet.bench.cost;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Holds {@code units.json}, from which {@code freshet cost} computes bills, to what the functions
 * consume on the local cloud; {@code -Dfreshet.update=true} measures it anew. Units that depend on
 * the speed of the machine are compared with {@code -Dfreshet.measure=true} only.
 */
class MeasuredUnitsTest {
    /** Recommendations before the measurement: few where no time is measured. */
    private static final int WARM = 40;

    private static final int WARM_FOR_TIMES = 2_000;

    @TempDir private static Path state = Path.of("");

    private final boolean update = Boolean.getBoolean("freshet.update");

    @Test
    void theBillIsComputedFromWhatTheFunctionsConsume() throws Exception {
        ObjectNode measured;
        try (UnitsBench bench = new UnitsBench(state)) {
            measured = measure(bench);
        }
        if (update) {
            UnitsFile.write(measured);
        }
        new UnitsComparison(Boolean.getBoolean("freshet.measure"))
                .compare(UnitsFile.functions(), measured);
    }

    private ObjectNode measure(UnitsBench bench) {
        UnitsTraffic traffic = new UnitsTraffic(bench);
        traffic.history();
        FunctionUnits functions = new FunctionUnits();
        WriteUnits writes = new WriteUnits(bench, traffic, functions);
        writes.collect();
        writes.featuresAndTrain();
        ReadUnits reads = new ReadUnits(bench, traffic, functions);
        reads.recommend(update ? WARM_FOR_TIMES : WARM);
        reads.authorize();
        reads.compact();
        return functions.toJson();
    }
}
