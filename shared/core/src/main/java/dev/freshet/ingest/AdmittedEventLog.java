package dev.freshet.ingest;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/** An {@link EventLog} that reports the result of each put to {@link AdmissionControl}. */
public final class AdmittedEventLog implements EventLog {
    private final EventLog log;
    private final AdmissionControl admission;
    private final InstantSource clock;

    public AdmittedEventLog(EventLog log, AdmissionControl admission, InstantSource clock) {
        this.log = log;
        this.admission = admission;
        this.clock = clock;
    }

    @Override
    public List<Integer> put(List<Entry> entries) {
        Instant before = clock.instant();
        List<Integer> unacknowledged = log.put(entries);
        Instant after = clock.instant();
        double total = entries.stream().mapToDouble(AdmittedEventLog::units).sum();
        double refused =
                unacknowledged.stream()
                        .map(entries::get)
                        .mapToDouble(AdmittedEventLog::units)
                        .sum();
        admission.learn(total - refused, refused, Duration.between(before, after), after);
        return unacknowledged;
    }

    private static double units(Entry entry) {
        return AdmissionControl.units(entry.bytes().length);
    }
}
