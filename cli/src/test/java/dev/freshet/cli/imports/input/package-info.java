/** Tests of reading files. */
@NullMarked
package dev.freshet.cli.imports.input;

import org.jspecify.annotations.NullMarked;
