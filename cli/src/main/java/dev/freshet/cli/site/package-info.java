/**
 * Export of a whole site, its items, users and events, as files of JSON lines, and its restoration
 * from them; and the built pages (dashboard, playground, reference), which {@code freshet site}
 * puts into the bucket of a stack.
 *
 * <p>Enters: the tables of a stack, or a folder with an export. Leaves: such a folder, or requests
 * to the API of the stack that is restored.
 */
@NullMarked
package dev.freshet.cli.site;

import org.jspecify.annotations.NullMarked;
