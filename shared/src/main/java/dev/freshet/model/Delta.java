package dev.freshet.model;

import java.util.List;

/**
 * What leads from one version to the next: the batch's examples, folded again by whoever follows.
 * Rows that are learned by gradient, and so are dearer to fold than to copy, will stand beside
 * them.
 *
 * @param examples those that were applied, in order
 * @param marks after them
 */
public record Delta(List<Example> examples, Marks marks) {
    public Delta {
        examples = List.copyOf(examples);
    }
}
