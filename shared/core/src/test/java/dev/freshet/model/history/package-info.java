@NullMarked
package dev.freshet.model.history;

import org.jspecify.annotations.NullMarked;
