/**
 * Rows in DynamoDB.
 *
 * <p>Enters: values of {@code feature} and {@code model}. Leaves: the same values, read back from
 * rows whose shape only this package knows ({@code …Row} and its static schema). A row past its TTL
 * counts as absent, in reads and in conditions, because DynamoDB deletes it days later; the one
 * exception is stated in {@link dev.freshet.feature.Interactions#putIfAbsent}.
 */
@NullMarked
package dev.freshet.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
