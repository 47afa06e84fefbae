/** Mirrors the package under test. */
@NullMarked
package dev.freshet.model.blend;

import org.jspecify.annotations.NullMarked;
