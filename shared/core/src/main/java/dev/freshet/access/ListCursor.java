package dev.freshet.access;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ExposureToken.CompactText;
import dev.freshet.access.Signer.SealedText;
import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;
import java.util.zip.InflaterInputStream;
import org.jspecify.annotations.Nullable;

/**
 * The rest of a list of which a client got the first pages, signed, so that the next page comes
 * from the same list and nothing is stored. Clients can read it: besides the ids of the places to
 * come it contains what the exposure tokens of their pages will.
 *
 * <p>Size: compressed; about 30 characters and 20 for each place with an id of 12 random
 * characters, 2 KB for 90 of them, and at most {@value #MAX_LENGTH} for the longest ids of any
 * script.
 *
 * @param owner a number that stands for the user and the placement of the list, see {@link #owner}
 * @param issuedAt the time of the first page, to the millisecond
 * @param personalised whether what is stored of the user shaped the list
 * @param scored whether the list was ranked by signals
 * @param modelVersion the version that ranked it
 * @param arms the arms of the experiments that the list is part of
 * @param segment the id of the user's segment as the list was made; null where it is not known
 * @param first position of the first place that remains, from 0
 * @param places that remain, in the order of the list
 */
public record ListCursor(
        long owner,
        Instant issuedAt,
        boolean personalised,
        boolean scored,
        long modelVersion,
        List<ListArm> arms,
        @Nullable String segment,
        int first,
        List<Place> places) {
    /** How long after its first page a list goes on. */
    public static final Duration VALID_FOR = Duration.ofHours(6);

    /** The greatest length of a cursor, in characters. */
    public static final int MAX_LENGTH = 40 << 10;

    /** The greatest length of the content of a cursor, in bytes. */
    private static final int MAX_BYTES = 64 << 10;

    private static final Form<Place> PLACE = ListCursor::place;
    private static final Form<ListCursor> FORM = ListCursor::form;
    private static final int FORMAT = 1;
    private static final int PERSONALISED = 1;
    private static final int SCORED = 2;
    private static final int OF_SEGMENT = 4;
    private static final int DRAWN = 1;
    private static final int NEWCOMER = 2;
    private static final int PINNED = 4;
    private static final int PROMOTED = 8;

    /**
     * A place that remains.
     *
     * @param propensity as in {@link ExposureToken.Shown}
     * @param sources as in {@link ExposureToken.Shown}
     * @param drawn as in {@link ExposureToken.Shown}
     * @param newcomer as in {@link ExposureToken.Shown}
     * @param score as it is answered, to float precision
     * @param pinned whether a rule pinned the item to the place
     * @param promoted whether a rule gave the place to promoted items
     */
    public record Place(
            String itemId,
            double propensity,
            int sources,
            boolean drawn,
            boolean newcomer,
            double score,
            boolean pinned,
            boolean promoted) {

        private int flags() {
            return (drawn ? DRAWN : 0)
                    | (newcomer ? NEWCOMER : 0)
                    | (pinned ? PINNED : 0)
                    | (promoted ? PROMOTED : 0);
        }
    }

    public ListCursor {
        arms = List.copyOf(arms);
        places = List.copyOf(places);
        require(
                first >= 0 && first + places.size() <= ExposureToken.MAX_ITEMS,
                "a list has at most " + ExposureToken.MAX_ITEMS + " places");
    }

    /**
     * Returns the number that stands for whom and for which place a list was made: the same parts
     * give the same number, and nobody without the key finds others that do.
     *
     * @param signer the signer derived by {@link Signer#LIST_CURSOR}
     * @param parts ids, without line feeds; empty for one that the request does not name
     */
    public static long owner(Signer signer, String... parts) {
        byte[] signed = signer.sign(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
        long number = 0;
        for (int at = 0; at < Long.BYTES; at++) {
            number = number << Byte.SIZE | (signed[at] & 0xFF);
        }
        return number;
    }

    public boolean expired(Instant now) {
        return now.isAfter(issuedAt.plus(VALID_FOR));
    }

    /**
     * Returns this list without its next places.
     *
     * @param taken how many places are taken off
     * @param shown how many of them were shown, and so had positions
     */
    public ListCursor after(int taken, int shown) {
        return new ListCursor(
                owner,
                issuedAt,
                personalised,
                scored,
                modelVersion,
                arms,
                segment,
                first + shown,
                places.subList(taken, places.size()));
    }

    /**
     * Returns the cursor in base64url.
     *
     * @param signer the signer derived by {@link Signer#LIST_CURSOR}
     */
    public String seal(Signer signer) {
        ByteArrayOutputStream packed = new ByteArrayOutputStream(64 + 16 * places.size());
        Deflater deflater = new Deflater(Deflater.BEST_SPEED, true);
        try (DeflaterOutputStream out = new DeflaterOutputStream(packed, deflater)) {
            ByteSink content = new ByteSink(64 + 16 * places.size());
            FORM.write(this, content);
            out.write(content.toBytes());
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        } finally {
            deflater.end();
        }
        return SealedText.seal(packed.toByteArray(), signer);
    }

    /**
     * Verifies and decodes a cursor of {@link #seal}; its age and owner are not checked.
     *
     * @return empty if the cursor is forged, damaged or of another stack
     */
    public static Optional<ListCursor> open(String text, Signer signer) {
        return text.length() > MAX_LENGTH
                ? Optional.empty()
                : SealedText.open(text, signer).flatMap(ListCursor::read);
    }

    private static Optional<ListCursor> read(byte[] packed) {
        try (InputStream in =
                new InflaterInputStream(new ByteArrayInputStream(packed), new Inflater(true))) {
            return Optional.of(FORM.read(new ByteSource(in.readNBytes(MAX_BYTES))));
        } catch (IOException | MalformedBytesException | IllegalArgumentException ofAnotherFormat) {
            return Optional.empty();
        }
    }

    private int flags() {
        return (personalised ? PERSONALISED : 0)
                | (scored ? SCORED : 0)
                | (segment == null ? 0 : OF_SEGMENT);
    }

    private static ListCursor form(Fields<ListCursor> fields) {
        MalformedBytesException.unless(
                fields.upTo(Byte.MAX_VALUE, cursor -> FORMAT) == FORMAT,
                "a cursor of an unknown format");
        long owner = fields.fixed64(ListCursor::owner);
        Instant issuedAt =
                Instant.ofEpochMilli(fields.fixed64(cursor -> cursor.issuedAt().toEpochMilli()));
        int flags = fields.upTo(PERSONALISED | SCORED | OF_SEGMENT, ListCursor::flags);
        return new ListCursor(
                owner,
                issuedAt,
                (flags & PERSONALISED) != 0,
                (flags & SCORED) != 0,
                fields.fixed64(ListCursor::modelVersion),
                fields.list(ListArm.MAX, ExposureToken.ARM, ListCursor::arms),
                (flags & OF_SEGMENT) != 0
                        ? fields.part(
                                CompactText.FORM,
                                cursor -> Objects.requireNonNull(cursor.segment()))
                        : null,
                fields.upTo(ExposureToken.MAX_ITEMS, ListCursor::first),
                fields.list(ExposureToken.MAX_ITEMS, PLACE, ListCursor::places));
    }

    private static Place place(Fields<Place> fields) {
        String itemId = fields.part(CompactText.FORM, Place::itemId);
        float propensity = fields.float32(Place::propensity);
        int sources = fields.fixed16(Place::sources);
        int flags = fields.upTo(DRAWN | NEWCOMER | PINNED | PROMOTED, Place::flags);
        return new Place(
                itemId,
                propensity,
                sources,
                (flags & DRAWN) != 0,
                (flags & NEWCOMER) != 0,
                fields.float32(Place::score),
                (flags & PINNED) != 0,
                (flags & PROMOTED) != 0);
    }
}
