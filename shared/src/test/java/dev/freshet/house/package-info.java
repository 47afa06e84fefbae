/**
 * What the build holds the code to. Enters: compiled classes. Leaves: every place that breaks a
 * rule, by name and line.
 */
@NullMarked
package dev.freshet.house;

import org.jspecify.annotations.NullMarked;
