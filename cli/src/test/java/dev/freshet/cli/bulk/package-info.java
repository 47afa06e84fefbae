/** Tests of {@link dev.freshet.cli.bulk}. */
@NullMarked
package dev.freshet.cli.bulk;

import org.jspecify.annotations.NullMarked;
