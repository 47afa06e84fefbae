@NullMarked
package dev.freshet.bench.evaluate;

import org.jspecify.annotations.NullMarked;
