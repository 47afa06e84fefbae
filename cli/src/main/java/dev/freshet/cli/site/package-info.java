/**
 * Export of a whole site: its items, users and events as files of JSON lines.
 *
 * <p>Enters: the tables of a stack. Leaves: a folder that {@code freshet items put}, {@code freshet
 * users put} and {@code freshet import jsonl} bring back.
 */
@NullMarked
package dev.freshet.cli.site;

import org.jspecify.annotations.NullMarked;
