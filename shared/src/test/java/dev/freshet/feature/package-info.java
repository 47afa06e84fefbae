/** What the rooms of readers and items promise. */
@NullMarked
package dev.freshet.feature;

import org.jspecify.annotations.NullMarked;
