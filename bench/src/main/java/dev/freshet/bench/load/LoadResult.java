package dev.freshet.bench.load;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Measurements of one kind of traffic.
 *
 * @param traffic the kind of traffic
 * @param steps steps in ascending order of rates
 * @param sought whether the knee was searched for
 * @param knee the highest rate that held
 * @param soak the long run at half the knee
 * @param at times of the memory samples, in seconds
 * @param memory memory in MiB by process, during the soak, or during all steps if there was none
 * @param courses summary of the memory by process
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
