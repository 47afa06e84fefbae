package dev.freshet.query;

import dev.freshet.event.EventType;
import java.time.Instant;

/**
 * Something the reader has just done that may not have been ingested yet; the request carries it.
 */
public record SessionItem(String itemId, EventType type, Instant at) {}
