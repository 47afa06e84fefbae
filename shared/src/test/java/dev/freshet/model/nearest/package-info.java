/** Tests of what lies in nearly the same direction. */
@NullMarked
package dev.freshet.model.nearest;

import org.jspecify.annotations.NullMarked;
