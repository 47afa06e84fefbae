/**
 * Tests of the local cloud's gateway package.
 *
 * <p>In: small templates, requests and handlers of our own. Out: what the stand-in makes of them.
 */
@NullMarked
package dev.freshet.local.gateway;

import org.jspecify.annotations.NullMarked;
