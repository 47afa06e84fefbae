/** Mirrors the package under test. */
@NullMarked
package dev.freshet.model.factors;

import org.jspecify.annotations.NullMarked;
