/** The contracts of the ports, run against the adapters in memory, and what only those promise. */
@NullMarked
package dev.freshet.storage.memory;

import org.jspecify.annotations.NullMarked;
