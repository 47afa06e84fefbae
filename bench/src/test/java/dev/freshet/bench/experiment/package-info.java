@NullMarked
package dev.freshet.bench.experiment;

import org.jspecify.annotations.NullMarked;
