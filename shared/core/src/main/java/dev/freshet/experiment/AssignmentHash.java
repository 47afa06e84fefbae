package dev.freshet.experiment;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * The hash by which users are assigned: the upper 53 bits of SHA-256(salt ":" id), as a number from
 * 0 (inclusive) to 1 (exclusive). Different salts give independent numbers for one id. About a
 * microsecond.
 */
final class AssignmentHash {
    private static final int UNUSED_BITS = 11;
    private static final double UNIT = 0x1p-53;

    private AssignmentHash() {}

    /** Returns the number of an id under a salt. */
    static double of(String salt, String id) {
        byte[] hash = sha256().digest((salt + ":" + id).getBytes(StandardCharsets.UTF_8));
        return (ByteBuffer.wrap(hash).getLong() >>> UNUSED_BITS) * UNIT;
    }

    /** Returns the slot of an id in a layer, 0 to {@value SlotRange#SLOTS} − 1. */
    static int slot(String layer, String id) {
        return (int) (SlotRange.SLOTS * of(layer, id));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException everyPlatformHasIt) {
            throw new IllegalStateException(everyPlatformHasIt);
        }
    }
}
