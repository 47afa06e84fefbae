package dev.freshet.insight;

import dev.freshet.model.log.Replica.Versioned;
import dev.freshet.model.vectors.Segment;
import dev.freshet.model.vectors.Segments;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The segments of users. Numbers of people are rounded down to a multiple of k.
 *
 * @param asOf the latest event time learned
 * @param drawn the day on which the segments were drawn; null before the first time
 * @param people users that they were drawn from
 * @param segments by share, largest first, as far as enough people are in them
 */
public record SegmentReport(
        long modelVersion,
        Instant asOf,
        @Nullable LocalDate drawn,
        int people,
        List<Row> segments) {
    private static final double TENTHS = 10;
    private static final double HUNDREDTHS = 100;

    /**
     * A segment.
     *
     * @param id such as s3
     * @param name its most telling tags, or its id
     * @param people users of the sample in it
     * @param share of all users of the sample, 0 to 1, in hundredths
     * @param tags what its users take more of than others do, by what tells most
     */
    public record Row(String id, String name, int people, double share, List<Tag> tags) {}

    /**
     * A tag of a segment.
     *
     * @param lift share of the tag in what the segment's users take over that in what all take, in
     *     tenths
     * @param people users of the segment who took an item of the tag
     */
    public record Tag(String tag, double lift, int people) {}

    /** Returns the segments of a model. */
    public static SegmentReport of(Versioned newest) {
        Segments segments = newest.model().segments();
        int k = newest.model().settings().kAnonymity();
        int people = segments.people();
        return new SegmentReport(
                newest.version(),
                newest.model().clock(),
                segments.day() == 0 ? null : LocalDate.ofEpochDay(segments.day()),
                people / k * k,
                segments.disclosed().stream()
                        .sorted(
                                Comparator.comparingInt(Segment::people)
                                        .reversed()
                                        .thenComparingInt(Segment::number))
                        .map(one -> row(one, people, k))
                        .toList());
    }

    private static Row row(Segment segment, int people, int k) {
        return new Row(
                segment.id(),
                segment.title(),
                segment.people() / k * k,
                Math.round(HUNDREDTHS * segment.people() / people) / HUNDREDTHS,
                segment.tags().stream()
                        .map(
                                tag ->
                                        new Tag(
                                                tag.tag(),
                                                Math.round(TENTHS * tag.lift()) / TENTHS,
                                                tag.people() / k * k))
                        .toList());
    }
}
