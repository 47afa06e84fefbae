package dev.freshet.catalog.flow;

import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.EmbedderUnavailableException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Gives an item the embedding of its title, tags and text. Vectors that the site gives stay as they
 * are; a deleted item, or one without words, needs none.
 *
 * <p>An embedder that is slow or down delays a request for a bounded time only: past its budget, or
 * after {@value #PATIENCE} failures, the request's other items go without.
 */
public final class ItemEmbedding {
    /** Where no embedder was chosen. */
    public static final ItemEmbedding NONE =
            new ItemEmbedding(null, Duration.ZERO, InstantSource.fixed(Instant.EPOCH));

    /** Half of what the function has for a whole request. */
    public static final Duration BUDGET = Duration.ofSeconds(10);

    /** Most characters that an embedder is given: about 120 tokens, what MiniLM was trained on. */
    static final int MOST_CHARACTERS = 500;

    static final int PATIENCE = 3;

    private final @Nullable Embedder embedder;
    private final Duration budget;
    private final InstantSource clock;

    private ItemEmbedding(@Nullable Embedder embedder, Duration budget, InstantSource clock) {
        this.embedder = embedder;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * By an embedder.
     *
     * @param budget for each {@link #batch}
     */
    public static ItemEmbedding by(Embedder embedder, Duration budget, InstantSource clock) {
        return new ItemEmbedding(embedder, budget, clock);
    }

    /** Begins a request's items; the budget runs from now. */
    public Batch batch() {
        return new Batch(clock.instant().plus(budget));
    }

    /** What an embedder reads of an item, or an empty text. */
    static String text(Item item) {
        StringBuilder text = new StringBuilder(item.title().strip());
        append(text, String.join(", ", item.tags()));
        append(text, item.text().strip());
        int end = Math.min(MOST_CHARACTERS, text.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    private static void append(StringBuilder text, String more) {
        if (!text.isEmpty() && !more.isEmpty()) {
            text.append(". ");
        }
        text.append(more);
    }

    /** The items of one request. Safe for many threads. */
    public final class Batch {
        private final Instant deadline;
        private final AtomicInteger failures = new AtomicInteger();

        private Batch(Instant deadline) {
            this.deadline = deadline;
        }

        /** The item as it is to be kept; empty when it should have an embedding and cannot. */
        public Optional<Item> embedded(Item item) {
            if (embedder == null || item.deleted() || !item.embedding().isEmpty()) {
                return Optional.of(item);
            }
            String text = text(item);
            if (text.isBlank()) {
                return Optional.of(item);
            }
            if (failures.get() >= PATIENCE || !clock.instant().isBefore(deadline)) {
                return Optional.empty();
            }
            try {
                float[] vector = embedder.embed(text);
                return Optional.of(item.with(Embedding.of(embedder.origin(), vector)));
            } catch (EmbedderUnavailableException counted) {
                failures.incrementAndGet();
                return Optional.empty();
            }
        }
    }
}
