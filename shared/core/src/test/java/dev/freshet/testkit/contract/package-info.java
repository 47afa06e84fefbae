/**
 * Contracts of the ports: tests that every adapter passes.
 *
 * <p>Enters: an adapter. Leaves: JUnit tests, inherited by one test class for each adapter.
 */
@NullMarked
package dev.freshet.testkit.contract;

import org.jspecify.annotations.NullMarked;
