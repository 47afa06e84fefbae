package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Visit;

/** How the sources' signals become one score; chosen by configuration. */
public sealed interface Strategy permits Stacking {
    /** The weights for this request. */
    Weights weights(Visit visit, Candidates candidates);
}
