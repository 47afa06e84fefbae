/** Tests of who is let in. */
@NullMarked
package dev.freshet.access;

import org.jspecify.annotations.NullMarked;
