/** Tests of what lines become. */
@NullMarked
package dev.freshet.cli.imports.entry;

import org.jspecify.annotations.NullMarked;
