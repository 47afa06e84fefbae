/**
 * What is known about readers and items: the rows, and the ports they are kept behind.
 *
 * <p>Enters: events that passed validation, catalogue changes. Leaves: {@link
 * dev.freshet.feature.History}, {@link dev.freshet.feature.UserProfile}, {@link
 * dev.freshet.feature.Item} and {@link dev.freshet.feature.TrendWindow}, values that the model, the
 * read flow and the write flow share.
 */
@NullMarked
package dev.freshet.feature;

import org.jspecify.annotations.NullMarked;
