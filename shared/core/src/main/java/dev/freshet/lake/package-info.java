/**
 * The lake: what is kept of every accepted event for longer than the stream keeps it, as tables
 * that SQL can query.
 *
 * <p>Enters: records of the {@code events} stream, by the delivery stream. Leaves: one JSON object
 * a record, the row of {@link dev.freshet.lake.LakeTable#ARRIVALS} ({@link
 * dev.freshet.lake.LakeFlow}). {@link dev.freshet.lake.LakeTable} defines the tables once; the keys
 * of a row and the definitions for Athena and for DuckDB are derived from it. {@link
 * dev.freshet.lake.LakeSql} has the statements that settle arrivals into tables with one row for
 * each event, that erase people, and the views; {@link dev.freshet.lake.NamedQuery} has the queries
 * that come with the product. Every statement has one text for both engines.
 *
 * <p>What the delivery gave up is taken again by {@link dev.freshet.lake.LakeRedrive}. A model is
 * rebuilt from the settled tables by {@link dev.freshet.lake.LakeHistory}, which makes examples of
 * their rows and then continues with the stream.
 */
@NullMarked
package dev.freshet.lake;

import org.jspecify.annotations.NullMarked;
