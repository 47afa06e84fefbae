/**
 * Fixtures for the tests of all modules.
 *
 * <p>Enters: nothing. Leaves: request bodies, a small site with users and items, a settable clock.
 */
@NullMarked
package dev.freshet.testkit;

import org.jspecify.annotations.NullMarked;
