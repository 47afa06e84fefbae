/**
 * Tests of the event source mapping's rules.
 *
 * <p>In: records and outcomes by hand or by seed. Out: what the rules make of them.
 */
@NullMarked
package dev.freshet.local.mapping;

import org.jspecify.annotations.NullMarked;
