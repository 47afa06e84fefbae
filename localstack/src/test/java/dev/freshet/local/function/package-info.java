/**
 * Tests of the local cloud's function package.
 *
 * <p>In: small templates, requests and handlers of our own. Out: what the stand-in makes of them.
 */
@NullMarked
package dev.freshet.local.function;

import org.jspecify.annotations.NullMarked;
