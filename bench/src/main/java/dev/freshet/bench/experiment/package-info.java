/**
 * Simulations of experiments with known truth, analysed by the production code: how often a
 * conclusion is false, and how soon a true difference is found.
 */
@NullMarked
package dev.freshet.bench.experiment;

import org.jspecify.annotations.NullMarked;
