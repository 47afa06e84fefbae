package dev.freshet.lake;

import dev.freshet.lake.LakeSql.Engine;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Port: queries of a lake whose results are read row by row, however many rows there are. */
public interface LakeReader extends AutoCloseable {
    /** Returns the engine that answers. */
    Engine engine();

    /**
     * Runs a query whose columns are texts.
     *
     * @throws dev.freshet.store.StoreUnavailableException if the lake does not answer
     */
    Cursor query(String sql);

    @Override
    void close();

    /** The rows of a query, in order. */
    interface Cursor extends AutoCloseable {
        /**
         * Returns the next row; null after the last.
         *
         * @throws dev.freshet.store.StoreUnavailableException if the lake does not answer
         */
        @Nullable List<@Nullable String> next();

        @Override
        void close();
    }
}
