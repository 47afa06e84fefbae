package dev.freshet.training;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import java.time.Instant;
import java.util.Optional;

/**
 * How a rebuilt model becomes the current one without losing an example: the log of the present one
 * is closed, at a place up to which the next was rebuilt, and only then the head moves. What was
 * acknowledged stands in the closed log, so the next one has it; what comes later can be appended
 * to the next one alone. Any step may be the last one of whoever takes it: another goes on from
 * there.
 *
 * <p>Costs one small object and two rows.
 */
final class ModelCutover {
    private ModelCutover() {}

    /**
     * Hands over if the next model has come as far as the current one.
     *
     * @return the head as it stands now; still the old one where the next model is behind, or where
     *     a trainer was faster and the next try has to look again
     * @throws dev.freshet.store.StoreUnavailableException when a store does not answer
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
