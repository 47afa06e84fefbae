/** Tests of sending. */
@NullMarked
package dev.freshet.cli.imports.sending;

import org.jspecify.annotations.NullMarked;
