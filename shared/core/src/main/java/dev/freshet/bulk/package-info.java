/**
 * Lists for many users at once, as for a mail: the vocabulary that whoever starts a run and the
 * function that makes the lists share.
 *
 * <p>Enters: lines that name users. Leaves: objects of JSON lines, one object a batch and one line
 * a user, below {@link dev.freshet.bulk.BulkRun#PREFIX}. The lists themselves are made by {@link
 * dev.freshet.recommend.Recommender}.
 */
@NullMarked
package dev.freshet.bulk;

import org.jspecify.annotations.NullMarked;
