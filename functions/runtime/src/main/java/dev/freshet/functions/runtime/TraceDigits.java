package dev.freshet.functions.runtime;

import dev.freshet.event.TraceId;
import java.util.List;

/**
 * The form in which log lines list trace ids: the first {@value #MAX} of a batch, because every id
 * takes 35 bytes of a line and log lines cost by the byte.
 */
final class TraceDigits {
    /** The largest number of traces on a line. */
    static final int MAX = 16;

    private TraceDigits() {}

    static List<String> of(List<TraceId> traces) {
        return traces.stream().limit(MAX).map(TraceId::digits).toList();
    }
}
