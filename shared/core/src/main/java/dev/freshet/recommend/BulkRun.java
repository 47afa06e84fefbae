package dev.freshet.recommend;

import static dev.freshet.check.Check.require;

import dev.freshet.check.Sha256;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
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

    /**
     * Days more where the bucket keeps versions: one as a version, and two until S3 removes it, as
     * it counts whole days.
     */
    public static final int VERSION_DAYS = 3;

    /** Most users of one batch. */
    public static final int BATCH = 500;

    /** Most users of one run. */
    public static final int MAX_USERS = 5_000_000;

    /** Most bytes of the line of one user. */
    public static final int MAX_LINE = 2_048;

    private static final Pattern ID = Pattern.compile("[a-z0-9-]{1,40}");
    private static final int ID_BYTES = 16;

    /**
     * The lines of a file of users that one object of lists answers. Lines within the range that
     * have no list in the object were refused before, or are in another object.
     *
     * @param first number of the first line, from 1
     * @param last number of the last line
     */
    public record LineRange(long first, long last) {
        private static final Pattern NAME = Pattern.compile("([0-9]{10})-([0-9]{10})\\.jsonl\\.gz");

        public LineRange {
            require(first >= 1 && last >= first, "a range of lines begins at 1 or later");
        }

        /** Returns the range of {@link #fileName}; empty for another name. */
        public static Optional<LineRange> parse(String fileName) {
            Matcher name = NAME.matcher(fileName);
            return name.matches()
                    ? Optional.of(
                            new LineRange(
                                    Long.parseLong(name.group(1)), Long.parseLong(name.group(2))))
                    : Optional.empty();
        }

        /** Returns the name of the file with these lists; names sort as the lines do. */
        public String fileName() {
            return String.format(Locale.ROOT, "%010d-%010d.jsonl.gz", first, last);
        }

        /** Returns whether a line is within the range. */
        public boolean contains(long line) {
            return line >= first && line <= last;
        }
    }

    public BulkRun {
        require(
                ID.matcher(id).matches(),
                "the id of a run is 1 to 40 lower-case letters, digits or hyphens");
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
        return Sha256.of(id + "\n" + user, ID_BYTES);
    }
}
