/**
 * Persistent arrays: the memory that versions of a model share.
 *
 * <p>Enters: rows by dense index. Leaves: immutable arrays ({@link dev.freshet.model.rows.Ints},
 * {@link dev.freshet.model.rows.Longs}, {@link dev.freshet.model.rows.Refs}), an index into them
 * ({@link dev.freshet.model.rows.Slots}), and small sparse vectors ({@link
 * dev.freshet.model.rows.IntFloats}). An array is a spine of chunks of 256; a draft copies the
 * spine and each touched chunk once, everything else is shared with the version before. The package
 * is independent of items and users.
 */
@NullMarked
package dev.freshet.model.rows;

import org.jspecify.annotations.NullMarked;
