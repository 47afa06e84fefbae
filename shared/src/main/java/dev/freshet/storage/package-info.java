/** Adapters of the ports, and the one record that reads the environment. */
@NullMarked
package dev.freshet.storage;

import org.jspecify.annotations.NullMarked;
