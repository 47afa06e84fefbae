/** Tests of {@link dev.freshet.cli.keys}. */
@NullMarked
package dev.freshet.cli.keys;

import org.jspecify.annotations.NullMarked;
