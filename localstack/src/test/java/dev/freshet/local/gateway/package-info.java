/**
 * Tests of the local cloud's gateway package.
 *
 * <p>Input: small OpenAPI documents, requests and functions of the tests. Output: the gateway's
 * responses.
 */
@NullMarked
package dev.freshet.local.gateway;

import org.jspecify.annotations.NullMarked;
