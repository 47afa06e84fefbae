package dev.freshet.training;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import java.time.Instant;
import java.util.Optional;

/**
 * Makes a rebuilt model the current one without losing an example: the log of the current model is
 * closed at a position that the rebuilt model has reached, and only then the head is moved.
 * Examples that were acknowledged before are in the closed log, and so in the rebuilt model; later
 * ones can be appended to the rebuilt model only. Any process may fail after any step; another one
 * continues.
 *
 * <p>Costs one small object and two rows.
 */
final class ModelCutover {
    private ModelCutover() {}

    /**
     * Switches if the next model has caught up with the current one.
     *
     * @return the head after the attempt; unchanged if the next model is behind, or if the trainer
     *     appended a version meanwhile
     * @throws dev.freshet.store.StoreUnavailableException if a store does not answer
     */
    static ModelLogs.Head attempt(ModelLogs logs, ModelLogs.Head head, Instant now) {
        if (head.next().isEmpty() || !isClosed(logs.log(head.current()), head, now)) {
            return head;
        }
        ModelLogs.Head switched = head.switched();
        return logs.move(head, switched) ? switched : logs.head();
    }

    private static boolean isClosed(ModelLog log, ModelLogs.Head head, Instant now) {
        Optional<ModelLog.Version> last = log.head();
        if (last.map(ModelLog.Version::closes).orElse(false)) {
            return true;
        }
        boolean covered =
                last.map(row -> head.reached().compareTo(row.position()) >= 0).orElse(true);
        return covered && ModelLog.close(log, last, now);
    }
}
