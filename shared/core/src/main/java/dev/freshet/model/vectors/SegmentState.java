package dev.freshet.model.vectors;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.Form;
import java.util.List;

/**
 * The segments as they were drawn last: some 400 B each.
 *
 * @param segments by number; at most {@value #MOST}
 * @param given the highest number that was ever given to a segment
 * @param day of the drawing, since 1970-01-01 in UTC
 * @param steps learning steps of the vectors until the drawing
 * @param people users of the sample that were drawn from
 */
public record SegmentState(List<Segment> segments, int given, int day, long steps, int people) {
    /** Most segments. */
    public static final int MOST = 12;

    /** No drawing yet. */
    public static final SegmentState NONE = new SegmentState(List.of(), 0, 0, 0, 0);

    private static final int MAX_NUMBER = Integer.MAX_VALUE - 1;

    private static final Form<Segment.Tag> TAG =
            fields ->
                    new Segment.Tag(
                            fields.part(Form.TEXT, Segment.Tag::tag),
                            fields.upTo(SegmentDrawing.MAX_PEOPLE, Segment.Tag::people),
                            fields.finite32("the lift of a tag", Segment.Tag::lift));

    private static final Form<Segment> SEGMENT =
            fields -> {
                int number = fields.upTo(MAX_NUMBER, Segment::number);
                int people = fields.upTo(SegmentDrawing.MAX_PEOPLE, Segment::people);
                float[] centre = new float[Factors.RANK];
                for (int at = 0; at < centre.length; at++) {
                    int place = at;
                    centre[at] =
                            fields.finite32(
                                    "a number of a centre", segment -> segment.centre()[place]);
                }
                return new Segment(
                        number,
                        centre,
                        people,
                        fields.list(SegmentDrawing.Tags.NAME_TAGS, Form.TEXT, Segment::name),
                        fields.list(SegmentDrawing.Tags.MAX_TAGS, TAG, Segment::tags));
            };

    /** The segments in the order of their numbers. */
    public static final Form<SegmentState> FORM =
            fields -> {
                int given = fields.upTo(MAX_NUMBER, SegmentState::given);
                int day = fields.upTo(MAX_NUMBER, SegmentState::day);
                long steps = fields.varint(SegmentState::steps);
                int people = fields.upTo(SegmentDrawing.MAX_PEOPLE, SegmentState::people);
                List<Segment> segments = fields.list(MOST, SEGMENT, SegmentState::segments);
                return new SegmentState(segments, given, day, steps, people);
            };

    public SegmentState {
        segments = List.copyOf(segments);
        int before = 0;
        for (Segment segment : segments) {
            require(
                    segment.number() > before && segment.number() <= given,
                    "segments are not in the order of the numbers that were given");
            before = segment.number();
        }
    }

    /** Returns the centres, parallel to the segments. */
    float[][] centres() {
        return segments.stream().map(Segment::centre).toArray(float[][]::new);
    }
}
