/** The write flow over stores in memory, with faults. */
@NullMarked
package dev.freshet.stream;

import org.jspecify.annotations.NullMarked;
