/** Tests of {@link dev.freshet.cli.imports}. */
@NullMarked
package dev.freshet.cli.imports;

import org.jspecify.annotations.NullMarked;
