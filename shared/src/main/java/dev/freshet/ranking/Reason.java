package dev.freshet.ranking;

import dev.freshet.candidate.Source;
import org.jspecify.annotations.Nullable;

/**
 * One part of why an item was chosen.
 *
 * @param share its part of the score, over 0 to 1; the shares of an item sum to one
 * @param text a sentence for readers: "Because you read Rain in Porto"
 * @param because id of the item of the reader's own history, or of the item looked at, that led
 *     here; or null
 */
public record Reason(Source source, double share, String text, @Nullable String because) {}
