package dev.freshet.access;

import static dev.freshet.check.Check.require;

import dev.freshet.access.Signer.SealedText;
import dev.freshet.bytes.ByteSink;
import dev.freshet.bytes.ByteSource;
import dev.freshet.bytes.Fields;
import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import java.nio.ByteBuffer;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The signed content of a response, which a client returns in impressions and clicks, so that
 * nothing is written at serving time. Clients can read it; besides the propensities, what the list
 * is to experiments, the segment of its user and the asker it contains nothing that the response
 * does not.
 *
 * <p>It counts for the user who asked for the list: whoever else sends it reports an event, and no
 * list. A list that was asked for without an id, or by a user who does not count yet, has no asker
 * and counts for nobody.
 *
 * <p>Size: ≈ 120 characters, and for each item 4/3 of (its id + 9 bytes, and 2 for each shadow),
 * where a character of an id takes at most two bytes; 100 items with ids of 20 ASCII characters
 * make ≈ 4 KB.
 *
 * @param asker a keyed hash of the recommendation id and the id that the list counts for: without
 *     the stack's secret it tells neither whose list it is nor that two lists are one user's; null
 *     for a list that counts for nobody
 * @param placement the place on the site, ≤ 128 characters, empty if the request had none
 * @param arms the arms of the experiments that the list is part of, ≤ {@value ListArm#MAX}
 * @param shadows of these experiments that the list was drawn beside, named as arms are, ≤ {@value
 *     #MAX_SHADOWS}
 * @param segment the id of the user's segment as the list was made, ≤ {@value #MAX_SEGMENT}
 *     characters; null where it is not known, and for a user who is not counted
 * @param issuedAt the time of the response, to the millisecond
 * @param first position of the first item, from 0; more than 0 in later pages of a list
 * @param items in the order of their positions; the last position is below {@value #MAX_ITEMS}
 */
public record ExposureToken(
        String recommendationId,
        @Nullable Long asker,
        String placement,
        List<ListArm> arms,
        List<ListArm> shadows,
        @Nullable String segment,
        long modelVersion,
        Instant issuedAt,
        int first,
        List<Shown> items) {
    /** Most items of a list, in all of its pages. */
    public static final int MAX_ITEMS = 100;

    /** Most shadows of one response. */
    public static final int MAX_SHADOWS = 2;

    /** How long a token is accepted. */
    public static final Duration VALID_FOR = Duration.ofDays(7);

    /**
     * The greatest length of a token, in characters: of {@value #MAX_ITEMS} items with ids of 128
     * characters of any script, and a placement of as many.
     */
    public static final int MAX_LENGTH = 40 << 10;

    /** The longest id of a segment, in characters. */
    public static final int MAX_SEGMENT = 16;

    private static final int FORMAT = 5;

    /** The form of an arm of an experiment, here and in {@link ListCursor}. */
    static final Form<ListArm> ARM =
            fields ->
                    new ListArm(
                            fields.part(CompactText.FORM, ListArm::experiment),
                            fields.part(CompactText.FORM, ListArm::salt),
                            fields.part(CompactText.FORM, ListArm::arm));

    private static final Form<Long> ASKER = fields -> fields.fixed64(asker -> asker);

    private static final Form<ExposureToken> FORM = ExposureToken::form;

    /**
     * An item at a position.
     *
     * @param propensity the probability of the item at this position, 0 to 1, to float precision
     * @param sources one bit for each source of the item
     * @param drawn whether it was drawn among all items
     * @param newcomer whether it was drawn among new items
     * @param logRatios for each shadow ln(π_shadow/π) of this position, given those above; in half
     *     precision
     */
    public record Shown(
            String itemId,
            double propensity,
            int sources,
            boolean drawn,
            boolean newcomer,
            List<Float> logRatios) {
        public Shown {
            logRatios =
                    logRatios.stream()
                            .map(Float::floatToFloat16)
                            .map(Float::float16ToFloat)
                            .toList();
        }

        /** Creates an item without shadows, which was drawn if its probability is below 1. */
        public Shown(String itemId, double propensity, int sources) {
            this(itemId, propensity, sources, propensity < 1, false, List.of());
        }
    }

    private static final int DRAWN = 1;
    private static final int NEWCOMER = 2;

    public ExposureToken {
        arms = List.copyOf(arms);
        shadows = List.copyOf(shadows);
        items = List.copyOf(items);
        require(
                arms.size() <= ListArm.MAX,
                "a response is part of at most " + ListArm.MAX + " experiments");
        require(
                segment == null || segment.length() <= MAX_SEGMENT,
                "the id of a segment is too long");
        int ratios = shadows.size();
        require(
                ratios <= MAX_SHADOWS
                        && items.stream().allMatch(item -> item.logRatios().size() == ratios),
                "a response has at most "
                        + MAX_SHADOWS
                        + " shadows, and each item a ratio for each");
        require(
                first >= 0 && first + items.size() <= MAX_ITEMS,
                "a response shows at most " + MAX_ITEMS + " items");
    }

    /** Creates the token of a list without an asker and shadows. */
    public ExposureToken(
            String recommendationId,
            String placement,
            List<ListArm> arms,
            long modelVersion,
            Instant issuedAt,
            List<Shown> items) {
        this(
                recommendationId,
                null,
                placement,
                arms,
                List.of(),
                null,
                modelVersion,
                issuedAt,
                0,
                items);
    }

    /** Returns the token of this list, made for a user of a segment. */
    public ExposureToken ofSegment(@Nullable String id) {
        return with(asker, id);
    }

    /**
     * Returns the token of this list, which counts for one id alone.
     *
     * @param id as stored; null for a list that counts for nobody
     * @param exposures the signer derived by {@link Signer#EXPOSURE}
     */
    public ExposureToken askedBy(@Nullable String id, Signer exposures) {
        return with(id == null ? null : asker(id, exposures.derive(Signer.ASKER)), segment);
    }

    private ExposureToken with(@Nullable Long otherAsker, @Nullable String otherSegment) {
        return new ExposureToken(
                recommendationId,
                otherAsker,
                placement,
                arms,
                shadows,
                otherSegment,
                modelVersion,
                issuedAt,
                first,
                items);
    }

    /**
     * Returns whether the list counts for a user.
     *
     * @param ids of the user, as stored; one is enough
     * @param exposures the signer derived by {@link Signer#EXPOSURE}
     */
    public boolean isAskedBy(Collection<String> ids, Signer exposures) {
        if (asker == null) {
            return false;
        }
        Signer names = exposures.derive(Signer.ASKER);
        return ids.stream().anyMatch(id -> asker == asker(id, names));
    }

    private long asker(String id, Signer names) {
        byte[] named = (recommendationId + "\n" + id).getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.wrap(names.sign(named)).getLong();
    }

    /** Returns the ids of the items in the order of their positions. */
    public List<String> itemIds() {
        return items.stream().map(Shown::itemId).toList();
    }

    /** Returns the position of an item in the list, from 0, or −1 if the token has it not. */
    public int positionOf(String itemId) {
        int at = itemIds().indexOf(itemId);
        return at < 0 ? -1 : first + at;
    }

    public boolean expired(Instant now) {
        return now.isAfter(issuedAt.plus(VALID_FOR));
    }

    /**
     * Returns the token in base64url.
     *
     * @param signer the signer derived by {@link Signer#EXPOSURE}
     */
    public String sign(Signer signer) {
        ByteSink out = new ByteSink(64 + 24 * items.size());
        FORM.write(this, out);
        return SealedText.seal(out.toBytes(), signer);
    }

    /**
     * Verifies and decodes a token of {@link #sign}; its age is not checked.
     *
     * @return empty if the token is forged, damaged or of another stack
     */
    public static Optional<ExposureToken> open(String text, Signer signer) {
        return text.length() > MAX_LENGTH
                ? Optional.empty()
                : SealedText.open(text, signer).flatMap(ExposureToken::read);
    }

    /**
     * Decodes a token without verifying it. The tokens of events in the stream were verified when
     * the events were collected.
     *
     * @return empty if the token is malformed
     */
    public static Optional<ExposureToken> reopen(String text) {
        return text.length() > MAX_LENGTH
                ? Optional.empty()
                : SealedText.reopen(text).flatMap(ExposureToken::read);
    }

    private static Optional<ExposureToken> read(byte[] content) {
        try {
            return Optional.of(FORM.read(new ByteSource(content)));
        } catch (MalformedBytesException | IllegalArgumentException ofALaterFormat) {
            return Optional.empty();
        }
    }

    private static ExposureToken form(Fields<ExposureToken> fields) {
        int format = fields.upTo(FORMAT, token -> FORMAT);
        MalformedBytesException.unless(format == FORMAT, "a token of an unknown format");
        String recommendationId = fields.part(CompactText.FORM, ExposureToken::recommendationId);
        List<Long> askers =
                fields.list(1, ASKER, token -> Stream.ofNullable(token.asker()).toList());
        String placement = fields.part(CompactText.FORM, ExposureToken::placement);
        List<ListArm> arms = fields.list(ListArm.MAX, ARM, ExposureToken::arms);
        List<ListArm> shadows = fields.list(MAX_SHADOWS, ARM, ExposureToken::shadows);
        long modelVersion = fields.fixed64(ExposureToken::modelVersion);
        Instant issuedAt =
                Instant.ofEpochMilli(fields.fixed64(token -> token.issuedAt().toEpochMilli()));
        int first = fields.upTo(MAX_ITEMS, ExposureToken::first);
        String segment =
                fields.part(
                        CompactText.FORM, token -> Objects.requireNonNullElse(token.segment(), ""));
        Form<Shown> shown = item -> shown(item, shadows.size());
        return new ExposureToken(
                recommendationId,
                askers.isEmpty() ? null : askers.getFirst(),
                placement,
                arms,
                shadows,
                segment.isEmpty() ? null : segment,
                modelVersion,
                issuedAt,
                first,
                fields.list(MAX_ITEMS, shown, ExposureToken::items));
    }

    private static Shown shown(Fields<Shown> fields, int shadows) {
        String itemId = fields.part(CompactText.FORM, Shown::itemId);
        float propensity = fields.float32(Shown::propensity);
        int sources = fields.fixed16(Shown::sources);
        int flags =
                fields.upTo(
                        DRAWN | NEWCOMER,
                        item -> (item.drawn() ? DRAWN : 0) | (item.newcomer() ? NEWCOMER : 0));
        List<Float> ratios = new ArrayList<>(shadows);
        for (int i = 0; i < shadows; i++) {
            int at = i;
            int half = fields.fixed16(item -> Float.floatToFloat16(item.logRatios().get(at)));
            ratios.add(Float.float16ToFloat((short) half));
        }
        return new Shown(
                itemId, propensity, sources, (flags & DRAWN) != 0, (flags & NEWCOMER) != 0, ratios);
    }

    /**
     * A text of a binary form, with its length in front: in UTF-8, or in UTF-16 where that is
     * shorter, as it is for most scripts of Asia. A text of n UTF-16 characters takes at most 2n +
     * 2 bytes.
     */
    static final class CompactText {
        /** The bit of the length that marks UTF-16. */
        private static final int WIDE = 1 << 15;

        static final Form<String> FORM = Form.of(CompactText::write, CompactText::read);

        private CompactText() {}

        private static void write(String text, ByteSink out) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            boolean wide = utf8.length > 2 * text.length();
            byte[] bytes = wide ? text.getBytes(StandardCharsets.UTF_16BE) : utf8;
            if (bytes.length >= WIDE) {
                throw new IllegalArgumentException(
                        "a text of " + bytes.length + " bytes is too long");
            }
            int length = bytes.length | (wide ? WIDE : 0);
            out.put(length >>> Byte.SIZE);
            out.put(length);
            out.raw(bytes);
        }

        private static String read(ByteSource in) {
            int length = in.get() << Byte.SIZE | in.get();
            Charset charset =
                    (length & WIDE) == 0 ? StandardCharsets.UTF_8 : StandardCharsets.UTF_16BE;
            return new String(in.raw(length & ~WIDE), charset);
        }
    }
}
