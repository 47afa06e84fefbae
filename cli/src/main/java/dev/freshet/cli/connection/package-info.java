/**
 * How a command finds the stack that it works on.
 *
 * <p>Enters: options of the command line, variables of the environment, the file of profiles, the
 * outputs of a CloudFormation stack, and the state folder of a local cloud. Leaves: for commands
 * that call the API, a {@link dev.freshet.cli.connection.StackConnection}; for commands that open
 * tables, streams and buckets, a {@link dev.freshet.cli.connection.DeploymentOptions.Deployment}.
 */
@NullMarked
package dev.freshet.cli.connection;

import org.jspecify.annotations.NullMarked;
