/**
 * The lake of a stack on AWS. Enters: a question of the command line. Leaves: requests to Athena,
 * Step Functions, Glue and Lake Formation with the rights of the caller.
 */
@NullMarked
package dev.freshet.cli.lake;

import org.jspecify.annotations.NullMarked;
