package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.check.Sha256;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.s3.model.ObjectVersion;

/**
 * Brings back objects of the model log that somebody deleted or overwrote, from the versions that
 * the bucket keeps. Their keys end with the SHA-256 of their content, so that it needs no table.
 * Costs a list request for each thousand versions, and two reads or more for each object that has
 * older ones; the rest of the log is not read.
 *
 * @param objects the objects of the bucket
 */
public record ObjectRecovery(S3ObjectStore objects) {
    private static final int HASH_DIGITS = 64;

    /** Most keys of lost objects that are named. */
    private static final int MAX_LOST = 1_000;

    /**
     * What was found.
     *
     * @param restored objects that were brought back, or would be where nothing is written
     * @param intact objects that are as they should be, and have older versions
     * @param lost keys of which no version is right, the first thousand
     */
    public record Found(int restored, int intact, List<String> lost) {}

    /**
     * Brings back what is missing or damaged below a prefix; only counts it without {@code write}.
     */
    public Found run(String prefix, boolean write) {
        return AwsCalls.call(objects.store(), () -> found(prefix, write));
    }

    private Found found(String prefix, boolean write) {
        int restored = 0;
        int intact = 0;
        String settled = "";
        List<String> lost = new ArrayList<>();
        for (var page : objects.versions(prefix)) {
            for (ObjectVersion version : page.versions()) {
                String key = version.key();
                if (version.isLatest() || key.equals(settled)) {
                    continue;
                }
                boolean whole = right(key, null).isPresent();
                Optional<byte[]> old = whole ? Optional.empty() : right(key, version.versionId());
                if (whole || old.isPresent()) {
                    settled = key;
                    intact += whole ? 1 : 0;
                    restored += whole ? 0 : 1;
                    lost.remove(key);
                } else if (lost.size() < MAX_LOST && !lost.contains(key)) {
                    lost.add(key);
                }
                old.filter(_ -> write).ifPresent(bytes -> objects.put(key, bytes));
            }
        }
        return new Found(restored, intact, lost);
    }

    /** Returns the bytes of a version, the current one for null, if its key names their hash. */
    private Optional<byte[]> right(String key, @Nullable String version) {
        String hash = key.substring(Math.max(0, key.length() - HASH_DIGITS));
        return objects.get(key, version, Integer.MAX_VALUE - 1)
                .filter(bytes -> Sha256.of(bytes).equals(hash));
    }
}
