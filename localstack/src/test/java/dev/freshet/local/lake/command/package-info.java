@NullMarked
package dev.freshet.local.lake.command;

import org.jspecify.annotations.NullMarked;
