package dev.freshet.access;

import static dev.freshet.check.Check.require;

import dev.freshet.access.Signer.SealedText;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * A permit of the stack's owner to import history. It lifts the age limit of events down to {@code
 * oldest} and the rate limit per user. Requests of servers send it in the header {@value #HEADER}.
 *
 * @param expiresAt the end of the permit, to the millisecond; one that ends later than {@value
 *     #MAX_HOURS} hours from now, and one more for clocks that differ, is not valid
 * @param oldest the earliest {@code occurredAt} allowed, to the millisecond, not before 1970
 */
public record ImportPermit(Instant expiresAt, Instant oldest) {
    /** The request header that carries a permit. */
    public static final String HEADER = "Freshet-Import-Permit";

    /** The most hours for which a permit is valid. */
    public static final int MAX_HOURS = 48;

    private static final byte FORMAT = 1;
    private static final int LENGTH = 1 + 2 * Long.BYTES;

    public ImportPermit {
        require(!oldest.isBefore(Instant.EPOCH), "a permit reaches back to 1970 at most");
    }

    /**
     * Returns the permit in base64url, ≈ 44 characters.
     *
     * @param signer the signer derived by {@link Signer#IMPORT_PERMIT}
     */
    public String sign(Signer signer) {
        ByteBuffer content = ByteBuffer.allocate(LENGTH);
        content.put(FORMAT).putLong(expiresAt.toEpochMilli()).putLong(oldest.toEpochMilli());
        return SealedText.seal(content.array(), signer);
    }

    /** Verifies and decodes a permit; empty if it is forged, expired or valid for too long. */
    public static Optional<ImportPermit> open(String text, Signer signer, Instant now) {
        Instant latestEnd = now.plus(Duration.ofHours(MAX_HOURS + 1));
        return SealedText.open(text, signer)
                .filter(content -> content.length == LENGTH && content[0] == FORMAT)
                .map(ByteBuffer::wrap)
                .map(
                        content ->
                                new ImportPermit(
                                        Instant.ofEpochMilli(content.getLong(1)),
                                        Instant.ofEpochMilli(content.getLong(1 + Long.BYTES))))
                .filter(
                        permit ->
                                now.isBefore(permit.expiresAt())
                                        && !permit.expiresAt().isAfter(latestEnd));
    }
}
