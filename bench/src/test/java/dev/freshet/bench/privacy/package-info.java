@NullMarked
package dev.freshet.bench.privacy;

import org.jspecify.annotations.NullMarked;
