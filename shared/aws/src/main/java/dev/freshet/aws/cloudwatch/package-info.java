/**
 * What CloudWatch measured, read without the SDK's client.
 *
 * <p>Enters: names of metrics, and the hour or day asked for. Leaves: values by time, and the flows
 * of a stack as insights report them.
 */
@NullMarked
package dev.freshet.aws.cloudwatch;

import org.jspecify.annotations.NullMarked;
