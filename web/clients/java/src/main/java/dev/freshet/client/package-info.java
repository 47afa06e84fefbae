/**
 * A client of Freshet, a real-time recommender, for Java 17: {@link dev.freshet.client.Freshet} has
 * a method for each operation of the API and a queue of events.
 */
@NullMarked
package dev.freshet.client;

import org.jspecify.annotations.NullMarked;
