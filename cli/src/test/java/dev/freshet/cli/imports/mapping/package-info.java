/** Tests of mappings. */
@NullMarked
package dev.freshet.cli.imports.mapping;

import org.jspecify.annotations.NullMarked;
