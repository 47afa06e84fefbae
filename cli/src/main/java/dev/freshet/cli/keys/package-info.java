/**
 * {@code freshet keys}: manages the keys that callers of the API send.
 *
 * <p>Enters: the command line. Leaves: rows of the Keys table, and on AWS the API keys by which API
 * Gateway counts calls. A secret is shown once, by the command that makes it, and stored nowhere.
 * {@link dev.freshet.cli.keys.AccessKeyService} changes keys; the commands read options and print.
 */
@NullMarked
package dev.freshet.cli.keys;

import org.jspecify.annotations.NullMarked;
