package dev.freshet.ranking.policy;

/**
 * One of several alternatives, drawn by chance.
 *
 * @param index of the alternative
 * @param probability of this draw given the draws before, greater than 0, at most 1
 */
public record Draw(int index, double probability) {}
