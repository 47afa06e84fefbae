package dev.freshet.ingest;

import org.jspecify.annotations.Nullable;

/**
 * Why one event of a request was rejected; it does not affect the other events.
 *
 * @param index position in the request, from 0
 * @param eventId null where it could not be read
 * @param code stable, kebab-case, one for each rule: {@code occurred-at-too-old}
 * @param detail one sentence for a person, with what to do
 */
public record Rejection(int index, @Nullable String eventId, String code, String detail) {}
