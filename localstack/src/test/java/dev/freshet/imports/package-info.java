@NullMarked
package dev.freshet.imports;

import org.jspecify.annotations.NullMarked;
