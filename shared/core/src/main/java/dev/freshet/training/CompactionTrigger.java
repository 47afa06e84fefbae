package dev.freshet.training;

/** The port by which a trainer asks for a run of the {@link Compaction}. */
@FunctionalInterface
public interface CompactionTrigger {
    /** Asks nobody; the schedule of the compaction alone makes snapshots. */
    CompactionTrigger NONE = () -> {};

    /**
     * Asks for a run, and does not wait for it.
     *
     * @throws dev.freshet.store.StoreUnavailableException if the request was not accepted
     */
    void request();
}
