/**
 * {@code freshet quarantine}: lists, shows, retries and drops records that could not be processed.
 *
 * <p>Enters: the quarantine bucket of the running local cloud or of a stack on AWS, and a selection
 * of entries. Leaves: a list or one entry, without ids of users unless {@code --payload} asks for
 * them; records put into their streams again; notes on the entries that were settled.
 */
@NullMarked
package dev.freshet.cli.quarantine;

import org.jspecify.annotations.NullMarked;
