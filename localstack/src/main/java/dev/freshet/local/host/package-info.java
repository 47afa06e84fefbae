/**
 * Resources of the host machine that the local cloud uses.
 *
 * <p>Input: the path of the state folder. Output: the files in it, command lines of the JVM, the
 * memory of a process, and {@link dev.freshet.local.host.LocalCloudException} if the machine does
 * not provide what is needed.
 */
@NullMarked
package dev.freshet.local.host;

import org.jspecify.annotations.NullMarked;
