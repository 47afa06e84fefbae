package dev.freshet.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was measured of one kind of traffic.
 *
 * @param steps ascending by rate
 * @param sought whether the knee was looked for
 * @param knee the highest rate that held
 * @param soak the long run at half the knee
 * @param memory of the soak, or of all steps where there was none: MiB by process
 * @param at seconds of the memory's samples
 */
record LoadResult(
        Traffic traffic,
        List<LoadStep> steps,
        boolean sought,
        Optional<LoadStep> knee,
        Optional<LoadStep> soak,
        List<Double> at,
        Map<String, List<Double>> memory,
        Map<String, MemoryTrace.Course> courses) {
    LoadResult {
        steps = List.copyOf(steps);
        at = List.copyOf(at);
    }
}
