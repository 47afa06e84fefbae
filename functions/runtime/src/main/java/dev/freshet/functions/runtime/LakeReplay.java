package dev.freshet.functions.runtime;

import dev.freshet.lake.LakeExamples;
import dev.freshet.training.Replay;

/**
 * A replay that begins with the rows of the lake.
 *
 * @param rows counts the rows that became no examples, while the replay runs
 */
public record LakeReplay(Replay replay, LakeExamples rows) {}
