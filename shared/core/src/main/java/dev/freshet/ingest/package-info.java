/**
 * Collection of events: from the body of a request to acknowledged records.
 *
 * <p>Enters: the JSON of {@code POST /v1/events}. Leaves: validated events, acknowledged by the
 * {@link dev.freshet.ingest.EventLog}, and one {@link dev.freshet.ingest.EventRule.Rejection} for
 * each event that was rejected. User agents are reduced to device, operating system and browser;
 * rates are limited per user and per process.
 */
@NullMarked
package dev.freshet.ingest;

import org.jspecify.annotations.NullMarked;
