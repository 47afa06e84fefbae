package dev.freshet.model;

import dev.freshet.example.Example;
import dev.freshet.model.learn.LearnedRows;
import java.util.List;

/**
 * What leads from one version to the next: the batch's examples, folded again by whoever follows,
 * and beside them the rows that were learned by steps, and so are dearer to fold than to copy.
 *
 * @param examples those that were applied, in order
 * @param marks after them
 * @param learned rows as they are after them
 */
public record Delta(List<Example> examples, HighWaterMarks marks, LearnedRows learned) {
    public Delta {
        examples = List.copyOf(examples);
    }
}
