package dev.freshet.experiment.enrolment;

import dev.freshet.event.ShardPosition;
import java.math.BigInteger;
import java.util.List;

/**
 * The record that began an enrolment or crossed it. What another record of the user is to the
 * enrolment follows from comparing the two, however often either is delivered.
 *
 * @param sequence number of the record in its shard
 * @param foreign whether the record came from the shard of another id of the user, as an alias
 *     does. Its number cannot be compared with those of the user's own records: each that is
 *     processed after it counts as later
 */
public record Cause(BigInteger sequence, boolean foreign) {
    /** Returns a record under the id whose enrolment it changes. */
    public static Cause own(ShardPosition record) {
        return new Cause(record.sequence(), false);
    }

    /** Returns a record under another id, the alias of the one whose enrolment it changes. */
    public static Cause foreign(ShardPosition record) {
        return new Cause(record.sequence(), true);
    }

    /**
     * Returns whether this is one of these records.
     *
     * @param foreignOnes whether they came from the shard of another id
     */
    boolean isOneOf(List<ShardPosition> records, boolean foreignOnes) {
        return foreign == foreignOnes
                && records.stream().anyMatch(record -> record.sequence().equals(sequence));
    }

    /** Returns whether a record under the id itself comes after this one. */
    boolean precedes(ShardPosition own) {
        return foreign || sequence.compareTo(own.sequence()) < 0;
    }
}
