/**
 * The OpenAPI document against the local cloud.
 *
 * <p>Input: the document, with its examples, and responses of the API. Output: whether each
 * response is one that its schema describes. {@link dev.freshet.document.ApiSchemas} is used by
 * other tests that see responses.
 */
@NullMarked
package dev.freshet.document;

import org.jspecify.annotations.NullMarked;
