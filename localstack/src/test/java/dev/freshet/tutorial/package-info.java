/**
 * Pages of the documentation as tests: their commands are run against the local cloud, and their
 * answers are compared with the real ones.
 *
 * <p>Input: Markdown. {@link dev.freshet.tutorial.Tutorial} says what in it is run and checked.
 */
@NullMarked
package dev.freshet.tutorial;

import org.jspecify.annotations.NullMarked;
