/**
 * {@code freshet quarantine}: looking through what could not be taken, and settling it.
 *
 * <p>Enters: the quarantine bucket of the running local cloud or of a stack in AWS, and which
 * entries are meant. Leaves: a list or one entry, without ids of people unless asked for; records
 * put into their streams again; notes on what was settled.
 */
@NullMarked
package dev.freshet.cli.quarantine;

import org.jspecify.annotations.NullMarked;
