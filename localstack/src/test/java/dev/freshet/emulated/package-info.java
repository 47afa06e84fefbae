/** Contract tests of the ports, run on the AWS adapters against the emulators. */
@NullMarked
package dev.freshet.emulated;

import org.jspecify.annotations.NullMarked;
