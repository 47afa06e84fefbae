package dev.freshet.testkit.memory;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The model logs of a stack and its head, in memory. */
public final class MemoryModelLogs implements ModelLogs {
    private final Map<String, ModelLog> logs = new HashMap<>();
    private final InstantSource clock;
    private Head head;
    private @Nullable NewestVersion newest;

    /** Creates the logs of a stack whose current model is {@code modelId}. */
    public MemoryModelLogs(String modelId, InstantSource clock) {
        this.clock = clock;
        head = Head.first(modelId);
    }

    @Override
    public Head glance() {
        return head();
    }

    @Override
    public synchronized Head head() {
        return head;
    }

    @Override
    public synchronized boolean move(Head from, Head to) {
        if (from.revision() != head.revision()) {
            return false;
        }
        head = to;
        return true;
    }

    @Override
    public synchronized Optional<NewestVersion> newest() {
        return Optional.ofNullable(newest);
    }

    @Override
    public synchronized void announce(NewestVersion announced) {
        NewestVersion before = newest;
        if (before == null
                || !before.modelId().equals(announced.modelId())
                || before.version() < announced.version()) {
            newest = announced;
        }
    }

    @Override
    public synchronized ModelLog log(String modelId) {
        return logs.computeIfAbsent(modelId, id -> new MemoryModelLog(clock));
    }
}
