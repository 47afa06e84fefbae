/**
 * {@code freshet keys}: who may call the API.
 *
 * <p>Enters: the command line. Leaves: rows of the Keys table, and on AWS the API keys by which API
 * Gateway counts calls. Secrets are shown once, by the command that makes them, and kept nowhere.
 * {@link dev.freshet.cli.keys.AccessKeyService} does the work; the commands read options and print.
 */
@NullMarked
package dev.freshet.cli.keys;

import org.jspecify.annotations.NullMarked;
