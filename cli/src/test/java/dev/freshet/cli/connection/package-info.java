/** Tests of how a command finds its stack. */
@NullMarked
package dev.freshet.cli.connection;

import org.jspecify.annotations.NullMarked;
