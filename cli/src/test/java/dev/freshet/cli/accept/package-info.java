/** Tests of {@code freshet accept} on sites and stacks of this process. */
@NullMarked
package dev.freshet.cli.accept;

import org.jspecify.annotations.NullMarked;
