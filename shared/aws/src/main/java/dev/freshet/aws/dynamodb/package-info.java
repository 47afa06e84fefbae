/**
 * Rows in DynamoDB.
 *
 * <p>Enters: values of the domain. Leaves: the same values, read back from rows whose shape only
 * this package knows. A row past its TTL counts as absent, in reads and in conditions, because
 * DynamoDB deletes it days later; the one exception is stated in {@link
 * dev.freshet.features.Interactions#putIfAbsent}.
 */
@NullMarked
package dev.freshet.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
