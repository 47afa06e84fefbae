/**
 * Export and erasure of what is stored about one user.
 *
 * <p>Enters: a request that names a user. Leaves: what the tables, the model and the quarantine
 * hold, and the receipt and progress of an erasure.
 */
@NullMarked
package dev.freshet.privacy;

import org.jspecify.annotations.NullMarked;
