package dev.freshet.functions.runtime;

import dev.freshet.event.TraceId;
import java.util.List;

/** The form in which log lines list trace ids. */
final class TraceDigits {
    private TraceDigits() {}

    static List<String> of(List<TraceId> traces) {
        return traces.stream().map(TraceId::digits).toList();
    }
}
