package dev.freshet.training;

import dev.freshet.model.outcome.OutcomeDay;
import dev.freshet.model.outcome.OutcomeHistory;
import dev.freshet.model.outcome.OutcomePair;
import dev.freshet.model.outcome.Outcomes;
import dev.freshet.model.outcome.StoredOutcomes;
import dev.freshet.store.StoreUnavailableException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Days of outcomes that are to be written into their table. Their sums are absolute and conditional
 * on the model's version, so that late, repeated and reordered writes are safe; what the store did
 * not accept is written after the next batch.
 *
 * <p>Pending days are at most those that can be open or close at once. They are lost with the
 * process, and each is written again when the next day begins ({@link Outcomes#toStore}).
 */
final class PendingOutcomes {
    private record Key(int day, @Nullable OutcomePair pair) {}

    private static final int MAX_PENDING = 2 * Outcomes.OPEN_DAYS * (Outcomes.MAX_PAIRS + 2);

    private final OutcomeHistory history;
    private final Map<Key, StoredOutcomes> pending = new LinkedHashMap<>();

    PendingOutcomes(OutcomeHistory history) {
        this.history = history;
    }

    /**
     * Adds days and writes all pending ones, in order, until all are written or the store does not
     * answer.
     *
     * @param version the version of the model that the days are of
     */
    void write(List<OutcomeDay> days, long version) {
        for (OutcomeDay day : days) {
            add(new StoredOutcomes(day.day(), null, day.unattributed(), version));
            day.pairs()
                    .forEach(
                            (pair, sums) ->
                                    add(new StoredOutcomes(day.day(), pair, sums, version)));
        }
        for (var oldest = pending.entrySet().iterator(); pending.size() > MAX_PENDING; ) {
            oldest.next();
            oldest.remove();
        }
        try {
            for (var next = pending.values().iterator(); next.hasNext(); ) {
                history.put(next.next());
                next.remove();
            }
        } catch (StoreUnavailableException later) {
            return;
        }
    }

    private void add(StoredOutcomes outcomes) {
        if (!outcomes.sums().isEmpty()) {
            pending.put(new Key(outcomes.day(), outcomes.pair()), outcomes);
        }
    }
}
