/**
 * Candidates: which items might be shown, and which of them may.
 *
 * <p>Enters: a {@link dev.freshet.candidate.RequestContext}, all that is known of one request, with
 * the model. Leaves: at most {@value dev.freshet.candidate.Candidates#MAX} {@link
 * dev.freshet.candidate.Candidates}, found by {@link dev.freshet.candidate.CandidateSource}s and
 * thinned by {@link dev.freshet.candidate.CandidateFilter}s. A new way to find items is one more
 * source; a new reason to hold some back, one more filter.
 */
@NullMarked
package dev.freshet.candidate;

import org.jspecify.annotations.NullMarked;
