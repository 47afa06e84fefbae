package dev.freshet.training;

import dev.freshet.model.log.ModelArchive.StoredObject;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import dev.freshet.model.log.NewestVersion.DeltaSpan;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Announces the versions of a trainer to the replicas, after their rows were stored. Where versions
 * follow each other within {@link #BETWEEN_SPANS}, an announcement names a span of the last ones,
 * so that a replica reads one object a second however many versions there are.
 *
 * <p>An announcement that fails is made with the next batch; meanwhile replicas find the version in
 * the log. Used by one thread.
 */
final class Announcer {
    /** The time between two versions below which a span is stored beside the delta. */
    static final Duration BETWEEN_SPANS = Duration.ofSeconds(1);

    /**
     * A span holds the versions that were announced in this time: longer than the time between two
     * reads of a replica, so that each of them continues from the one before.
     */
    static final Duration COVERED = Duration.ofSeconds(3);

    /** The deltas that a new process reads back, for replicas that are some versions behind. */
    static final int READ_BACK = 4;

    private record Recent(ModelLog.Version row, byte[] delta, Instant since) {}

    private final ModelLogs logs;
    private final Deque<Recent> recent = new ArrayDeque<>();
    private String modelId = "";
    private long announced;
    private @Nullable Instant announcedAt;

    Announcer(ModelLogs logs) {
        this.logs = logs;
    }

    /** Remembers a version whose row was stored, for the next announcement. */
    void appended(String model, ModelLog.Version row, byte[] delta) {
        select(model);
        if (!recent.isEmpty() && recent.getLast().row().version() != row.version() - 1) {
            recent.clear();
        }
        recent.add(new Recent(row, delta, row.at()));
        trim(row.at());
    }

    /**
     * Announces the log's end, unless this process has done so.
     *
     * @param version the newest version of the log, 0 for an empty one
     * @return false if a store did not answer
     */
    boolean announce(String model, ModelLog log, long version, Instant now) {
        select(model);
        if (version == announced || version < 1) {
            return true;
        }
        try {
            boolean continued =
                    !recent.isEmpty()
                            && recent.getLast().row().version() == version
                            && (recent.getFirst().row().version() <= announced + 1);
            if (!continued) {
                readBack(log, version, now);
            }
            if (recent.isEmpty()) {
                return true;
            }
            trim(now);
            Instant last = announcedAt;
            boolean fast = !continued || (last != null && now.isBefore(last.plus(BETWEEN_SPANS)));
            ModelLog.Version row = recent.getLast().row();
            logs.announce(
                    new NewestVersion(
                            model,
                            row.version(),
                            new StoredObject(row.key(), row.sha256(), row.bytes()),
                            row.at(),
                            fast && recent.size() > 1 ? span(log) : null));
            announced = version;
            announcedAt = now;
            return true;
        } catch (StoreUnavailableException later) {
            return false;
        }
    }

    private void select(String model) {
        if (!model.equals(modelId)) {
            modelId = model;
            announced = 0;
            announcedAt = null;
            recent.clear();
        }
    }

    /** Reads the last deltas of a log that another process wrote. */
    private void readBack(ModelLog log, long version, Instant now) {
        recent.clear();
        for (ModelLog.Version row : log.after(Math.max(0, version - READ_BACK), READ_BACK)) {
            if (row.version() <= version) {
                try {
                    recent.add(new Recent(row, log.delta(row), now));
                } catch (ModelLog.DamagedObjectException damaged) {
                    recent.clear(); // a replica that needs it finds the damage in the log
                }
            }
        }
        if (!recent.isEmpty() && recent.getLast().row().version() != version) {
            recent.clear();
        }
    }

    private void trim(Instant now) {
        long bytes = recent.stream().mapToLong(each -> each.delta().length).sum();
        while (recent.size() > 1
                && (recent.size() > DeltaSpan.MAX_DELTAS
                        || bytes > DeltaSpan.MAX_BYTES
                        || !recent.getFirst().since().plus(COVERED).isAfter(now))) {
            bytes -= recent.removeFirst().delta().length;
        }
    }

    private NewestVersion.Span span(ModelLog log) {
        List<byte[]> deltas = recent.stream().map(Recent::delta).toList();
        long first = recent.getFirst().row().version();
        return new NewestVersion.Span(first, log.putSpan(first, DeltaSpan.encode(deltas)));
    }
}
