/** Tests of the model, and {@link dev.freshet.model.Examples} that others may borrow. */
@NullMarked
package dev.freshet.model;

import org.jspecify.annotations.NullMarked;
