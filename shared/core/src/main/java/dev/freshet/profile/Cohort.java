package dev.freshet.profile;

/**
 * The users with the same value of an attribute, such as one occupation.
 *
 * @param attribute the name of the attribute; empty where only the id is known, as in the model
 * @param id a hash of the attribute's name and value, which is all that the model keeps of them
 */
public record Cohort(String attribute, int id) {
    /** Returns the cohort of a value. */
    static Cohort of(String attribute, String value) {
        return new Cohort(attribute, hash(attribute + '\0' + value));
    }

    /**
     * Returns a hash that is stored in the model, so that it must not change: FNV-1a over the
     * UTF-16 units, with the finalizer of MurmurHash3.
     */
    private static int hash(String text) {
        int hash = 0x811C9DC5;
        for (int at = 0; at < text.length(); at++) {
            hash = (hash ^ text.charAt(at)) * 0x01000193;
        }
        hash = (hash ^ (hash >>> 16)) * 0x85EBCA6B;
        hash = (hash ^ (hash >>> 13)) * 0xC2B2AE35;
        return hash ^ (hash >>> 16);
    }
}
