package dev.freshet.model;

import dev.freshet.model.blend.BlendRows;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import org.jspecify.annotations.Nullable;

/**
 * The learned rows that a batch changed, as they are after it.
 *
 * @param blend null where a trainer that did not learn made the delta
 */
public record LearnedRows(@Nullable BlendRows blend) {
    public static final LearnedRows NONE = new LearnedRows(null);

    void write(ByteSink out) {
        out.put(blend == null ? 0 : 1);
        if (blend != null) {
            blend.write(out);
        }
    }

    static LearnedRows read(ByteSource in) {
        return in.flag() ? new LearnedRows(BlendRows.read(in)) : NONE;
    }
}
