/**
 * What a part of the model is.
 *
 * <p>Enters: {@link dev.freshet.example.Example}s, and what they change in the baskets of users.
 * Leaves: {@link dev.freshet.model.part.ModelPart}, which declares a part, and {@link
 * dev.freshet.model.part.PartDraft}, which folds.
 */
@NullMarked
package dev.freshet.model.part;

import org.jspecify.annotations.NullMarked;
