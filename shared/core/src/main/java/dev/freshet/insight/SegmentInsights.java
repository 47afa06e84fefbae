package dev.freshet.insight;

import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.segment.Segment;
import dev.freshet.model.segment.Segments;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.function.Supplier;

/** Answers which groups of users a site has, from the model in memory. */
public final class SegmentInsights {
    private static final double TENTHS = 10;
    private static final double HUNDREDTHS = 100;

    private final Supplier<Versioned> model;

    /**
     * Creates the answers over the model.
     *
     * @param model returns the newest model
     */
    public SegmentInsights(Supplier<Versioned> model) {
        this.model = model;
    }

    /** Returns the segments of the newest model. */
    public SegmentReport answer() {
        Versioned newest = model.get();
        Segments segments = newest.model().segments();
        int k = newest.model().settings().kAnonymity();
        int people = segments.people();
        return new SegmentReport(
                newest.version(),
                newest.model().clock(),
                segments.day() == 0 ? null : LocalDate.ofEpochDay(segments.day()),
                people / k * k,
                segments.told().stream()
                        .sorted(
                                Comparator.comparingInt(Segment::people)
                                        .reversed()
                                        .thenComparingInt(Segment::number))
                        .map(one -> row(one, people, k))
                        .toList());
    }

    private static SegmentReport.Row row(Segment segment, int people, int k) {
        return new SegmentReport.Row(
                segment.id(),
                segment.title(),
                segment.people() / k * k,
                Math.round(HUNDREDTHS * segment.people() / people) / HUNDREDTHS,
                segment.tags().stream()
                        .map(
                                tag ->
                                        new SegmentReport.Tag(
                                                tag.tag(),
                                                Math.round(TENTHS * tag.lift()) / TENTHS,
                                                tag.people() / k * k))
                        .toList());
    }
}
