package dev.freshet.infra;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Who reads the streams. */
enum ConsumerChoice {
    /** Lambda, for the functions: nothing is paid for while nothing happens. */
    FUNCTIONS,
    /** The always-on worker, on Fargate: cheaper under steady load. */
    WORKER;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this name, or empty. */
    static Optional<ConsumerChoice> of(String wireName) {
        return Arrays.stream(values())
                .filter(choice -> choice.wireName().equals(wireName))
                .findFirst();
    }

    /** All of them, for a sentence. */
    static String names() {
        return Arrays.stream(values())
                .map(ConsumerChoice::wireName)
                .collect(Collectors.joining(", "));
    }
}
