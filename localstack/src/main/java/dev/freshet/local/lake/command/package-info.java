/** The commands {@code freshet lake …}, over the lake of a local cloud. */
@NullMarked
package dev.freshet.local.lake.command;

import org.jspecify.annotations.NullMarked;
