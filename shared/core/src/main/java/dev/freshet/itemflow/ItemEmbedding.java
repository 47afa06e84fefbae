package dev.freshet.itemflow;

import dev.freshet.catalog.AttributeValue;
import dev.freshet.catalog.Embedder;
import dev.freshet.catalog.Embedder.EmbedderUnavailableException;
import dev.freshet.catalog.Embedder.InputRefusedException;
import dev.freshet.catalog.Embedding;
import dev.freshet.catalog.Item;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * Adds to an item the embedding of its title, tags and text, and of the image that its attribute
 * {@code imageUrl} names where the embedder reads images. An embedding that the site supplied is
 * kept; a deleted item, or one without text, gets none.
 *
 * <p>An embedder that is slow or unavailable delays a request by a bounded time: once the budget is
 * spent, or after {@value #MAX_FAILURES} failures, the request's remaining items get no embedding.
 */
public final class ItemEmbedding {
    /** The instance for a stack without an embedder. */
    public static final ItemEmbedding NONE =
            new ItemEmbedding(null, Duration.ZERO, InstantSource.fixed(Instant.EPOCH));

    /** The budget in production: half of what the function has for a whole request. */
    public static final Duration BUDGET = Duration.ofSeconds(10);

    /**
     * Most characters that are embedded: about 120 tokens, the length that MiniLM was trained on.
     */
    static final int MAX_CHARACTERS = 500;

    static final int MAX_FAILURES = 3;

    private final @Nullable Embedder embedder;
    private final Duration budget;
    private final InstantSource clock;

    private ItemEmbedding(@Nullable Embedder embedder, Duration budget, InstantSource clock) {
        this.embedder = embedder;
        this.budget = budget;
        this.clock = clock;
    }

    /**
     * Returns an instance that uses an embedder.
     *
     * @param budget for each {@link #batch}
     */
    public static ItemEmbedding using(Embedder embedder, Duration budget, InstantSource clock) {
        return new ItemEmbedding(embedder, budget, clock);
    }

    /** Begins the items of one request; the budget runs from now. */
    public Batch batch() {
        return new Batch(clock.instant().plus(budget));
    }

    /** Returns the text of an item that is embedded; empty if it has none. */
    static String text(Item item) {
        StringBuilder text = new StringBuilder(item.title().strip());
        append(text, String.join(", ", item.tags()));
        append(text, item.text().strip());
        int end = Math.min(MAX_CHARACTERS, text.length());
        if (end > 0 && Character.isHighSurrogate(text.charAt(end - 1))) {
            end--;
        }
        return text.substring(0, end);
    }

    /** Returns where the image of an item is; null if it names none, or several. */
    private static @Nullable String imageUrl(Item item) {
        return item.attributes().get("imageUrl") instanceof AttributeValue.Text(String url)
                ? url
                : null;
    }

    private static float[] embed(Embedder embedder, String text, @Nullable String imageUrl) {
        return imageUrl == null || !embedder.readsImages()
                ? embedder.embed(text)
                : embedder.embed(text, imageUrl);
    }

    private static void append(StringBuilder text, String more) {
        if (!text.isEmpty() && !more.isEmpty()) {
            text.append(". ");
        }
        text.append(more);
    }

    /** The items of one request. Safe for use by several threads. */
    public final class Batch {
        private final Instant deadline;
        private final AtomicInteger failures = new AtomicInteger();

        private Batch(Instant deadline) {
            this.deadline = deadline;
        }

        /**
         * Returns the item to store in place of another: with the other's embedding where their
         * texts and images are equal and this embedder computed it; empty if the item should have
         * an embedding and cannot get one.
         */
        public Optional<Item> embedded(Item item, Item stored) {
            boolean kept =
                    embedder != null
                            && item.embedding().isEmpty()
                            && stored.embedding().origin().equals(embedder.origin())
                            && text(item).equals(text(stored))
                            && (!embedder.readsImages()
                                    || Objects.equals(imageUrl(item), imageUrl(stored)));
            return kept ? Optional.of(item.with(stored.embedding())) : embedded(item);
        }

        /** Returns the item to store; empty if it should have an embedding and cannot get one. */
        public Optional<Item> embedded(Item item) {
            if (embedder == null || item.deleted() || !item.embedding().isEmpty()) {
                return Optional.of(item);
            }
            String text = text(item);
            if (text.isBlank()) {
                return Optional.of(item);
            }
            if (failures.get() >= MAX_FAILURES || !clock.instant().isBefore(deadline)) {
                return Optional.empty();
            }
            try {
                float[] vector = embed(embedder, text, imageUrl(item));
                return Optional.of(item.with(Embedding.of(embedder.origin(), vector)));
            } catch (EmbedderUnavailableException counted) {
                failures.incrementAndGet();
                return Optional.empty();
            } catch (InputRefusedException ofThisItem) {
                return Optional.empty();
            }
        }
    }
}
