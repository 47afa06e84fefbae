package dev.freshet.access;

import dev.freshet.event.Event;
import dev.freshet.experiment.enrolment.ListArm;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The signed content of a response, which a client returns in impressions and clicks, so that
 * nothing is written at serving time. Clients can read it; besides the propensities and the arms it
 * contains nothing that the response does not.
 *
 * <p>Size: ≈ 60 characters, and for each item 4/3 of (its id + 8 bytes), where a character of an id
 * takes at most two bytes; 100 items with ids of 20 ASCII characters make ≈ 3.8 KB.
 *
 * @param placement the place on the site, ≤ 128 characters, empty if the request had none
 * @param arms the arms of the experiments that the list is part of, ≤ {@value ListArm#MAX}
 * @param issuedAt the time of the response, to the millisecond
 * @param items the items from position 0, ≤ {@value Event.Impression#MAX_ITEMS}
 */
public record ExposureToken(
        String recommendationId,
        String placement,
        List<ListArm> arms,
        long modelVersion,
        Instant issuedAt,
        List<Shown> items) {
    /** How long a token is accepted. */
    public static final Duration VALID_FOR = Duration.ofDays(7);

    /**
     * The greatest length of a token, in characters: of {@value Event.Impression#MAX_ITEMS} items
     * with ids of 128 characters of any script, and a placement of as many.
     */
    public static final int MAX_LENGTH = 38 << 10;

    private static final int FORMAT = 2;

    /** The format with the name of one arm, which was always empty. */
    private static final int ONE_ARM = 1;

    /**
     * An item at a position.
     *
     * @param propensity the probability of the item at this position, 0 to 1, to float precision
     * @param sources one bit for each source of the item
     */
    public record Shown(String itemId, double propensity, int sources) {}

    public ExposureToken {
        arms = List.copyOf(arms);
        items = List.copyOf(items);
        if (arms.size() > ListArm.MAX) {
            throw new IllegalArgumentException(
                    "a response is part of at most " + ListArm.MAX + " experiments");
        }
        if (items.size() > Event.Impression.MAX_ITEMS) {
            throw new IllegalArgumentException(
                    "a response shows at most " + Event.Impression.MAX_ITEMS + " items");
        }
    }

    /** Returns the ids of the items in the order of their positions. */
    public List<String> itemIds() {
        return items.stream().map(Shown::itemId).toList();
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
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(64 + 24 * items.size());
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeByte(FORMAT);
            CompactText.write(recommendationId, out);
            CompactText.write(placement, out);
            out.writeByte(arms.size());
            for (ListArm arm : arms) {
                CompactText.write(arm.experiment(), out);
                CompactText.write(arm.salt(), out);
                CompactText.write(arm.arm(), out);
            }
            out.writeLong(modelVersion);
            out.writeLong(issuedAt.toEpochMilli());
            out.writeByte(items.size());
            for (Shown item : items) {
                CompactText.write(item.itemId(), out);
                out.writeFloat((float) item.propensity());
                out.writeShort(item.sources());
            }
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return SealedText.seal(bytes.toByteArray(), signer);
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
        try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(content))) {
            int format = in.readUnsignedByte();
            if (format != ONE_ARM && format != FORMAT) {
                return Optional.empty();
            }
            String recommendationId = CompactText.read(in);
            String placement = CompactText.read(in);
            List<ListArm> arms = arms(format, in);
            long modelVersion = in.readLong();
            Instant issuedAt = Instant.ofEpochMilli(in.readLong());
            int count = in.readUnsignedByte();
            List<Shown> items = new ArrayList<>(count);
            for (int i = 0; i < count; i++) {
                items.add(new Shown(CompactText.read(in), in.readFloat(), in.readUnsignedShort()));
            }
            return Optional.of(
                    new ExposureToken(
                            recommendationId, placement, arms, modelVersion, issuedAt, items));
        } catch (IOException | IllegalArgumentException ofALaterFormat) {
            return Optional.empty();
        }
    }

    private static List<ListArm> arms(int format, DataInputStream in) throws IOException {
        if (format == ONE_ARM) {
            CompactText.read(in);
            return List.of();
        }
        int count = in.readUnsignedByte();
        List<ListArm> arms = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            arms.add(new ListArm(CompactText.read(in), CompactText.read(in), CompactText.read(in)));
        }
        return arms;
    }
}
