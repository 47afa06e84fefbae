package dev.freshet.model;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.example.Example;
import dev.freshet.model.learn.LearnedState;
import java.util.List;

/**
 * The difference between two consecutive versions of a model. It contains the examples of the
 * batch, which a follower folds again, and the rows that were learned by gradient or least-squares
 * steps, which are cheaper to copy than to learn again.
 *
 * @param examples the examples that were applied, in order
 * @param marks high-water marks after these examples
 * @param catalogue how items that are in no catalogue were treated
 * @param learned values of the changed learned rows after these examples
 */
public record Delta(
        List<Example> examples,
        HighWaterMarks marks,
        CatalogueMode catalogue,
        LearnedState.Rows learned) {
    public Delta {
        examples = List.copyOf(examples);
    }
}
