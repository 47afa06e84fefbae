@NullMarked
package dev.freshet.model.rating;

import org.jspecify.annotations.NullMarked;
