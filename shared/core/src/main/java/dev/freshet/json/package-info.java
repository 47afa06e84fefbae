/**
 * Strict reading of JSON, and records as JSON.
 *
 * <p>Enters: the text of a request. Leaves: a tree without duplicate keys, or a {@link
 * dev.freshet.json.MalformedJsonException} that names the position of the error. Depth and length
 * are bounded.
 */
@NullMarked
package dev.freshet.json;

import org.jspecify.annotations.NullMarked;
