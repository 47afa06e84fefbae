/**
 * API Gateway's stand-in: a REST API on 127.0.0.1, routed by the template's OpenAPI document.
 *
 * <p>In: HTTP. Out: Lambda proxy events to functions, their answers as HTTP, and for whatever the
 * gateway itself has to refuse a problem document (RFC 9457) with the status that API Gateway would
 * give. The envelope only is checked, against the document's request bodies; events are the
 * functions' business. Credentials are checked by the very function that checks them on AWS, and
 * usage plans hold as the template says. Signatures (IAM) are not checked: nothing but this machine
 * can connect.
 */
@NullMarked
package dev.freshet.local.gateway;

import org.jspecify.annotations.NullMarked;
