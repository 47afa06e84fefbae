/**
 * Formats of other systems whose lines say several things.
 *
 * <p>Enters: lines of MIND's tables, or of an export of Segment or RudderStack. Leaves: the events,
 * items and users that they say.
 */
@NullMarked
package dev.freshet.cli.imports.known;

import org.jspecify.annotations.NullMarked;
