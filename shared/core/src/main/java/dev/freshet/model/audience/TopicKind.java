package dev.freshet.model.audience;

import com.fasterxml.jackson.annotation.JsonValue;
import dev.freshet.catalog.Item;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** What items are grouped by. The order is part of the format of snapshots; one is appended. */
public enum TopicKind {
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

    /** Returns the name in questions and answers. */
    @JsonValue
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Returns the kind of a name. */
    public static Optional<TopicKind> ofName(String name) {
        for (TopicKind kind : values()) {
            if (kind.wireName().equals(name)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
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
