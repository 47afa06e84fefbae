/** The contracts of the ports, run against the adapters of AWS's services on the emulators. */
@NullMarked
package dev.freshet.emulated;

import org.jspecify.annotations.NullMarked;
