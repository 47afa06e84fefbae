package dev.freshet.candidate;

import dev.freshet.event.EventType;
import dev.freshet.event.Target;
import dev.freshet.features.History;
import dev.freshet.model.item.ItemTable;
import dev.freshet.model.rows.IntIndex;
import dev.freshet.query.RecommendationQuery.SessionItem;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * The items that the user interacted with and those that the user rejected, at most 350 of them. An
 * item stays rejected until the dislike or hide is retracted; a hidden author or tag rejects all
 * its items.
 */
public final class SeenItems {
    /** Epoch second that stands for no interaction. */
    public static final long NEVER = Long.MIN_VALUE;

    private final IntIndex seen = new IntIndex(64);
    private long[] lastInteractionAt = new long[seen.capacity()];
    private final IntIndex unwanted = new IntIndex(16);
    private final Set<String> unwantedAuthors = new HashSet<>();
    private final Set<String> unwantedTags = new HashSet<>();

    SeenItems(ItemTable items, History history, List<SessionItem> session) {
        for (SessionItem action : session) {
            act(
                    items,
                    action.type(),
                    0,
                    Target.item(action.itemId()),
                    action.at().getEpochSecond());
        }
        for (History.Entry action : history.entries()) {
            act(
                    items,
                    action.type(),
                    action.strength(),
                    action.target(),
                    action.at().getEpochSecond());
        }
    }

    private void act(ItemTable items, EventType type, double strength, Target target, long at) {
        boolean negative = strength < 0 || type == EventType.DISLIKE || type == EventType.HIDE;
        switch (target.kind()) {
            case ITEM -> {
                int item = items.index(target.id());
                if (item >= 0 && negative) {
                    unwanted.orderOrInsert(item);
                } else if (item >= 0 && type != EventType.IMPRESSION) {
                    add(item, at);
                }
            }
            case AUTHOR -> {
                if (negative) {
                    unwantedAuthors.add(target.id());
                }
            }
            case TAG -> {
                if (negative) {
                    unwantedTags.add(target.id());
                }
            }
            case NONE -> {}
        }
    }

    private void add(int item, long at) {
        boolean again = seen.order(item) >= 0;
        int order = seen.orderOrInsert(item);
        if (seen.capacity() > lastInteractionAt.length) {
            lastInteractionAt = Arrays.copyOf(lastInteractionAt, seen.capacity());
        }
        lastInteractionAt[order] = again ? Math.max(lastInteractionAt[order], at) : at;
    }

    /** Returns the number of distinct items that the user interacted with. */
    public int size() {
        return seen.size();
    }

    /** Returns the epoch second of the last interaction with an item, or {@link #NEVER}. */
    public long last(int item) {
        int order = seen.order(item);
        return order < 0 ? NEVER : lastInteractionAt[order];
    }

    /** Returns whether the user disliked or hid the item, its author or one of its tags. */
    boolean unwanted(int item, ItemTable items) {
        if (unwanted.order(item) >= 0) {
            return true;
        }
        if (unwantedAuthors.isEmpty() && unwantedTags.isEmpty()) {
            return false;
        }
        String author = items.item(item).author();
        return (author != null && unwantedAuthors.contains(author))
                || items.item(item).tags().stream().anyMatch(unwantedTags::contains);
    }
}
