/**
 * What the local cloud uses of the machine that it runs on.
 *
 * <p>Enters: the path of the state folder. Leaves: the files in it, command lines of the JVM, the
 * memory of a process, and {@link dev.freshet.local.host.LocalCloudException} where the machine
 * does not provide what is needed.
 */
@NullMarked
package dev.freshet.local.host;

import org.jspecify.annotations.NullMarked;
