/**
 * Lambda handlers: a request or a batch enters, an answer or the list of unfinished records leaves.
 */
@NullMarked
package dev.freshet.functions;

import org.jspecify.annotations.NullMarked;
