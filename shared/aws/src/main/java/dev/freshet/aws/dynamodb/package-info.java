/**
 * Adapters that store values as rows of DynamoDB tables.
 *
 * <p>Enters: values of the domain. Leaves: the values read back from rows, whose layout only this
 * package defines. A row past its TTL counts as absent, in reads and in conditions, because
 * DynamoDB deletes it days later; the one exception is stated in {@link
 * dev.freshet.features.Interactions#putIfAbsent}.
 */
@NullMarked
package dev.freshet.aws.dynamodb;

import org.jspecify.annotations.NullMarked;
