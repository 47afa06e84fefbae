/**
 * Folders that commands and the local cloud share: the checkout that {@code freshet} runs from, and
 * the state of a local cloud with its address and keys.
 */
@NullMarked
package dev.freshet.folder;

import org.jspecify.annotations.NullMarked;
