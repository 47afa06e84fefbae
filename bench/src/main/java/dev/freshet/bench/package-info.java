/** Measurements: a trace enters, figures leave. */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
