/**
 * Benchmarks and evaluation. Input: recorded or simulated behaviour. Output: figures as text, JSON
 * and pages.
 */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
