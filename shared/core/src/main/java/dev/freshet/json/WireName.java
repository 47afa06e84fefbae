package dev.freshet.json;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** A constant of an enum that requests, answers and reports name in lower case, with hyphens. */
public interface WireName {
    /** Returns the name of the constant. */
    String name();

    /** Returns the name in requests, answers and reports: {@code never-shown}. */
    @JsonValue
    default String wireName() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Returns the constant of a name in requests. */
    static <E extends Enum<E> & WireName> Optional<E> find(Class<E> type, String wireName) {
        return Arrays.stream(type.getEnumConstants())
                .filter(constant -> constant.wireName().equals(wireName))
                .findFirst();
    }
}
