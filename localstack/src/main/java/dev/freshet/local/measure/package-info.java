/**
 * What the local cloud measures in place of CloudWatch.
 *
 * <p>Enters: the metric lines in the logs of functions, the answers of the gateway, how far the
 * mappings have read. Leaves: the figures of the last hour, over HTTP on loopback, for the function
 * that answers requests for insights.
 */
@NullMarked
package dev.freshet.local.measure;

import org.jspecify.annotations.NullMarked;
