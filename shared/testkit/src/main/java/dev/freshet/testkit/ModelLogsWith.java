package dev.freshet.testkit;

import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.ModelLogs;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * Logs put together: whose heads, which logs, and how a test wants each seen.
 *
 * @param view of a log
 */
public record ModelLogsWith(
        ModelLogs heads, Function<String, ModelLog> logs, UnaryOperator<ModelLog> view)
        implements ModelLogs {
    /** The logs of others, seen in another way. */
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
    public ModelLog log(String modelId) {
        return view.apply(logs.apply(modelId));
    }
}
