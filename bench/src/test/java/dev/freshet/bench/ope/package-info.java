@NullMarked
package dev.freshet.bench.ope;

import org.jspecify.annotations.NullMarked;
