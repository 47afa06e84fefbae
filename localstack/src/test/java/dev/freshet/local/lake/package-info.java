@NullMarked
package dev.freshet.local.lake;

import org.jspecify.annotations.NullMarked;
