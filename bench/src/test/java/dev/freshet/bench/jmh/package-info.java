@NullMarked
package dev.freshet.bench.jmh;

import org.jspecify.annotations.NullMarked;
