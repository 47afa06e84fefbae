@NullMarked
package dev.freshet.bench.setup;

import org.jspecify.annotations.NullMarked;
