package dev.freshet.query;

import dev.freshet.event.EventType;
import java.time.Instant;

/** A recent interaction that the request carries because it may not have been ingested yet. */
public record SessionItem(String itemId, EventType type, Instant at) {}
