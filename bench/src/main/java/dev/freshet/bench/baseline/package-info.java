/**
 * Baselines of the evaluation: published methods that rank the same stream as the blend. Input:
 * interactions. Output: scores of all items. The entry point is {@link
 * dev.freshet.bench.baseline.Baselines}, which defines the baselines and their settings.
 *
 * <p>Each learns from binary feedback: an interaction counts as one regardless of its stars, as in
 * the papers; only what shows no interest, impressions and negative feedback, is left out.
 */
@NullMarked
package dev.freshet.bench.baseline;

import org.jspecify.annotations.NullMarked;
