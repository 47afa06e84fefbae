package dev.freshet.infra;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** What turns items' texts into vectors, by the names that the functions' environment uses. */
enum EmbedderChoice {
    /** MiniLM, within the catalogue's function. */
    MINILM,
    /** Titan Text Embeddings V2 on Bedrock. */
    BEDROCK,
    /** Only vectors that the site gives. */
    NONE;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The one of this name, or empty. */
    static Optional<EmbedderChoice> of(String wireName) {
        return Arrays.stream(values())
                .filter(choice -> choice.wireName().equals(wireName))
                .findFirst();
    }

    /** All of them, for a sentence. */
    static String names() {
        return Arrays.stream(values())
                .map(EmbedderChoice::wireName)
                .collect(Collectors.joining(", "));
    }
}
