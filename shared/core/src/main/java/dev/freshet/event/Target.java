package dev.freshet.event;

import static dev.freshet.check.Check.require;

import dev.freshet.json.WireName;
import java.util.Optional;

/**
 * The thing that an event refers to.
 *
 * @param kind item, author, tag, or none (an event about the page as a whole)
 * @param id ≤ 128 characters; empty if and only if the kind is none
 */
public record Target(Kind kind, String id) {
    public static final Target NONE = new Target(Kind.NONE, "");

    /** The kinds of targets. */
    public enum Kind implements WireName {
        ITEM,
        AUTHOR,
        TAG,
        NONE;

        /** Returns the kind of this name, or empty if there is none. */
        public static Optional<Kind> ofWireName(String name) {
            return WireName.find(Kind.class, name);
        }
    }

    public Target {
        require(
                (kind == Kind.NONE) == id.isEmpty(),
                "a target has an id if and only if it has a kind");
    }

    public static Target item(String id) {
        return new Target(Kind.ITEM, id);
    }

    public boolean isItem() {
        return kind == Kind.ITEM;
    }
}
