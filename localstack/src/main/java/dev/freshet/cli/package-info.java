/** The command line of the API and of the local cloud. */
@NullMarked
package dev.freshet.cli;

import org.jspecify.annotations.NullMarked;
