/**
 * Tests of the local cloud's template package.
 *
 * <p>Input: small templates. Output: the resources read from them.
 */
@NullMarked
package dev.freshet.local.template;

import org.jspecify.annotations.NullMarked;
