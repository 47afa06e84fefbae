@NullMarked
package dev.freshet.bench.function;

import org.jspecify.annotations.NullMarked;
