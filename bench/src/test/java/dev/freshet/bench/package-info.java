/** What holds for all modules together. */
@NullMarked
package dev.freshet.bench;

import org.jspecify.annotations.NullMarked;
