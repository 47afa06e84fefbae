package dev.freshet.bulk;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/**
 * One run of bulk lists: where its objects are, and the ids of its lists.
 *
 * <p>The id of a list is a digest of the run and the user. A batch that is repeated therefore makes
 * lists of the same ids and the same draws, and by the same model at the same time the same bytes.
 *
 * @param id of the run, 1 to 40 lower-case letters, digits or hyphens
 */
public record BulkRun(String id) {
    /** The prefix of everything that runs write; objects below it expire. */
    public static final String PREFIX = "bulk/";

    /**
     * Days after which objects of runs expire. S3 removes them within a day after that, so that
     * nothing of a run is left {@value #GONE_DAYS} days after it.
     */
    public static final int DAYS = 1;

    /** Days after which nothing of a run is left in the stack. */
    public static final int GONE_DAYS = DAYS + 2;

    /** Most users of one batch. */
    public static final int BATCH = 500;

    /** Most users of one run. */
    public static final int MAX_USERS = 5_000_000;

    /** Most bytes of the line of one user. */
    public static final int MAX_LINE = 2_048;

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int ID_BYTES = 16;

    public BulkRun {
        if (!ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "the id of a run is 1 to 40 lower-case letters, digits or hyphens");
        }
    }

    /** Returns the prefix of the objects of this run. */
    public String prefix() {
        return PREFIX + id + "/";
    }

    /**
     * Returns the key of the users that an attempt at the run is to make lists for.
     *
     * @param attempt from 1
     */
    public String usersKey(int attempt) {
        return prefix() + "users-" + attempt + ".jsonl";
    }

    /** Returns the prefix of the objects with lists. */
    public String listsPrefix() {
        return prefix() + "lists/";
    }

    /** Returns the key of the object with the lists of a batch. */
    public String listsKey(LineRange lines) {
        return listsPrefix() + lines.fileName();
    }

    /**
     * Returns the id of the list of a user in this run, in 32 hexadecimal digits.
     *
     * @param user the user's ids
     */
    public String recommendationId(String user) {
        try {
            byte[] digest =
                    MessageDigest.getInstance("SHA-256")
                            .digest((id + "\n" + user).getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, ID_BYTES);
        } catch (NoSuchAlgorithmException everyJavaHasIt) {
            throw new IllegalStateException(everyJavaHasIt);
        }
    }
}
