/** Tests of the commands that call the API. */
@NullMarked
package dev.freshet.cli.command;

import org.jspecify.annotations.NullMarked;
