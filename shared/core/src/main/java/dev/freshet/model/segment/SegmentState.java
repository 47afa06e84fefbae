package dev.freshet.model.segment;

import dev.freshet.example.ItemCodec;
import dev.freshet.model.bytes.ByteSink;
import dev.freshet.model.bytes.ByteSource;
import dev.freshet.model.bytes.MalformedBytesException;
import dev.freshet.model.factor.Factors;
import java.util.ArrayList;
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

    private static final int MOST_NUMBER = Integer.MAX_VALUE - 1;

    public SegmentState {
        segments = List.copyOf(segments);
    }

    /** Returns the centres, parallel to the segments. */
    float[][] centres() {
        return segments.stream().map(Segment::centre).toArray(float[][]::new);
    }

    /** Writes this state; equal states have equal bytes. */
    public void write(ByteSink out) {
        out.varint(given);
        out.varint(day);
        out.varint(steps);
        out.varint(people);
        out.varint(segments.size());
        for (Segment segment : segments) {
            out.varint(segment.number());
            out.varint(segment.people());
            for (float number : segment.centre()) {
                out.float32(number);
            }
            out.varint(segment.name().size());
            segment.name().forEach(out::text);
            out.varint(segment.tags().size());
            for (Segment.Tag tag : segment.tags()) {
                out.text(tag.tag());
                out.varint(tag.people());
                out.float32(tag.lift());
            }
        }
    }

    /**
     * Reads what {@link #write} wrote.
     *
     * @throws MalformedBytesException when the bytes are not valid
     */
    public static SegmentState read(ByteSource in) {
        int given = in.upTo(MOST_NUMBER);
        int day = in.upTo(MOST_NUMBER);
        long steps = in.varint();
        int people = in.upTo(SegmentDrawing.MOST_PEOPLE);
        List<Segment> segments = new ArrayList<>();
        int before = 0;
        for (int left = in.upTo(MOST); left > 0; left--) {
            Segment segment = segment(in, given);
            if (segment.number() <= before) {
                throw new MalformedBytesException("segments are not in the order of their numbers");
            }
            before = segment.number();
            segments.add(segment);
        }
        return new SegmentState(segments, given, day, steps, people);
    }

    private static Segment segment(ByteSource in, int given) {
        int number = in.upTo(given);
        int people = in.upTo(SegmentDrawing.MOST_PEOPLE);
        float[] centre = new float[Factors.RANK];
        for (int at = 0; at < centre.length; at++) {
            centre[at] = finite(in.float32());
        }
        List<String> name = new ArrayList<>();
        for (int left = in.upTo(SegmentTags.NAME_TAGS); left > 0; left--) {
            name.add(in.text(ItemCodec.MOST_NAME_BYTES));
        }
        List<Segment.Tag> tags = new ArrayList<>();
        for (int left = in.upTo(SegmentTags.MOST_TAGS); left > 0; left--) {
            tags.add(
                    new Segment.Tag(
                            in.text(ItemCodec.MOST_NAME_BYTES),
                            in.upTo(SegmentDrawing.MOST_PEOPLE),
                            finite(in.float32())));
        }
        return new Segment(number, centre, people, name, tags);
    }

    private static float finite(float number) {
        if (!Float.isFinite(number)) {
            throw new MalformedBytesException("a number of a segment is not finite");
        }
        return number;
    }
}
