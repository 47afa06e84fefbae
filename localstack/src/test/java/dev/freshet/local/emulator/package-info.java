/** Tests of the local cloud's emulator package. */
@NullMarked
package dev.freshet.local.emulator;

import org.jspecify.annotations.NullMarked;
