/** Tests of {@link dev.freshet.cli.lake}. */
@NullMarked
package dev.freshet.cli.lake;

import org.jspecify.annotations.NullMarked;
