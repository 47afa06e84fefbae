package dev.freshet.query;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A list that is the same for all users but for what is withheld from each. */
public enum NamedList {
    /** The newest items first. */
    LATEST("latest"),
    /** The items with the most users of a period first. */
    POPULAR("popular"),
    /** The items that the most users like first. */
    LIKED("liked"),
    /** The items with the best ratings first. */
    TOP_RATED("top-rated"),
    /** The items whose popularity rises most first. */
    TRENDING("trending");

    private final String wireName;

    NamedList(String wireName) {
        this.wireName = wireName;
    }

    /** Returns the name in requests: {@code latest}. */
    public String wireName() {
        return wireName;
    }

    /** Returns the list of a name. */
    public static Optional<NamedList> of(String wireName) {
        return Arrays.stream(values()).filter(list -> list.wireName.equals(wireName)).findFirst();
    }

    /** Returns the names of all lists. */
    public static List<String> names() {
        return Arrays.stream(values()).map(NamedList::wireName).toList();
    }
}
