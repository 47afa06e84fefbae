/** Tests of formats of other systems. */
@NullMarked
package dev.freshet.cli.imports.known;

import org.jspecify.annotations.NullMarked;
