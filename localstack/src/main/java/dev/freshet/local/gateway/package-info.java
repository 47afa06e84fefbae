/**
 * Local replacement of API Gateway: a REST API on 127.0.0.1, routed by the template's OpenAPI
 * document.
 *
 * <p>Input: HTTP requests. Output: Lambda proxy events for functions, their answers as HTTP
 * responses, and for requests refused by the gateway itself a problem document (RFC 9457) with the
 * status that API Gateway would return. Only the envelope is validated, against the document's
 * request bodies; functions validate the events. Credentials are checked by the same authorizer
 * function as on AWS, and the template's usage plans apply. IAM signatures are not checked, since
 * only this machine can connect.
 */
@NullMarked
package dev.freshet.local.gateway;

import org.jspecify.annotations.NullMarked;
