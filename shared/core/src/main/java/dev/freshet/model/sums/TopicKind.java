package dev.freshet.model.sums;

import dev.freshet.catalog.Item;
import dev.freshet.json.WireName;
import java.util.List;

/** What items are grouped by. The order is part of the format of snapshots; one is appended. */
public enum TopicKind implements WireName {
    TAG(2_000, 200),
    AUTHOR(1_000, 100),
    TYPE(100, 50);

    private final int mostInHour;
    private final int mostInCountry;

    TopicKind(int mostInHour, int mostInCountry) {
        this.mostInHour = mostInHour;
        this.mostInCountry = mostInCountry;
    }

    /** Returns the most topics of this kind in an hour; further ones are left out. */
    public int mostInHour() {
        return mostInHour;
    }

    /** Returns the most topics of this kind in a day of one country; further ones are left out. */
    public int mostInCountry() {
        return mostInCountry;
    }

    /** Returns an item's topics of this kind; an item counts once in all of them together. */
    public List<String> of(Item item) {
        return switch (this) {
            case TAG -> item.tags();
            case AUTHOR -> {
                String author = item.author();
                yield author == null || author.isEmpty() ? List.of() : List.of(author);
            }
            case TYPE -> item.type().isEmpty() ? List.of() : List.of(item.type());
        };
    }
}
