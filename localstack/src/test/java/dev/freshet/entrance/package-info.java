/**
 * End-to-end tests of access control on the local cloud, with the synthesized template and the real
 * functions.
 */
@NullMarked
package dev.freshet.entrance;

import org.jspecify.annotations.NullMarked;
