package dev.freshet.testkit;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import dev.freshet.model.log.NewestVersion;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Model logs composed of parts, with which a test replaces some of them.
 *
 * @param heads gives the head of the stack
 * @param logs gives a model's log by the id of the model
 * @param view applied to each log before it is returned
 */
public record ModelLogsWith(
        ModelLogs heads, Function<String, ModelLog> logs, UnaryOperator<ModelLog> view)
        implements ModelLogs {
    /**
     * Creates model logs with the head and the logs of {@code of}, each log passed through {@code
     * view}.
     */
    public ModelLogsWith(ModelLogs of, UnaryOperator<ModelLog> view) {
        this(of, of::log, view);
    }

    @Override
    public Head glance() {
        return heads.glance();
    }

    @Override
    public Head head() {
        return heads.head();
    }

    @Override
    public boolean move(Head from, Head to) {
        return heads.move(from, to);
    }

    @Override
    public Optional<NewestVersion> newest() {
        return heads.newest();
    }

    @Override
    public void announce(NewestVersion newest) {
        heads.announce(newest);
    }

    @Override
    public ModelLog log(String modelId) {
        return view.apply(logs.apply(modelId));
    }
}
