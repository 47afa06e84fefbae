package dev.freshet.access;

import static dev.freshet.check.Check.require;

import dev.freshet.access.Signer.SealedText;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/**
 * A permit of the stack's owner to import history. It lifts the age limit of events down to {@code
 * oldest} and the rate limit per user. Requests send it in the header {@value #HEADER}.
 *
 * @param expiresAt the end of the permit, to the millisecond
 * @param oldest the earliest {@code occurredAt} allowed, to the millisecond, not before 1970
 */
public record ImportPermit(Instant expiresAt, Instant oldest) {
    /** The request header that carries a permit. */
    public static final String HEADER = "Freshet-Import-Permit";

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

    /** Verifies and decodes a permit; empty if it is forged or expired. */
    public static Optional<ImportPermit> open(String text, Signer signer, Instant now) {
        return SealedText.open(text, signer)
                .filter(content -> content.length == LENGTH && content[0] == FORMAT)
                .map(ByteBuffer::wrap)
                .map(
                        content ->
                                new ImportPermit(
                                        Instant.ofEpochMilli(content.getLong(1)),
                                        Instant.ofEpochMilli(content.getLong(1 + Long.BYTES))))
                .filter(permit -> now.isBefore(permit.expiresAt()));
    }
}
