/**
 * Candidates: which items might be shown, and which of them may be.
 *
 * <p>Enters: a {@link dev.freshet.candidate.RequestContext}, everything that is known of one
 * request, with the model. Leaves: at most {@value dev.freshet.candidate.Candidates#MAX} {@link
 * dev.freshet.candidate.Candidates}, found by the signal families ({@link
 * dev.freshet.candidate.CandidateSource}) and reduced by {@link
 * dev.freshet.candidate.CandidateFilter}s.
 */
@NullMarked
package dev.freshet.candidate;

import org.jspecify.annotations.NullMarked;
