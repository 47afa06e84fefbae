/**
 * The case study: a year of an article platform, from its file of events to lists, an experiment, a
 * lake and a bill, on a local cloud.
 *
 * <p>Input: CI&amp;T DeskDrop's {@code users_interactions.csv}. Output: figures by their names, and
 * a page with plots that is made of them. The functions of the local cloud run by a clock that is
 * set to the time of each event, so that a week of traffic takes minutes.
 */
@NullMarked
package dev.freshet.casestudy;

import org.jspecify.annotations.NullMarked;
