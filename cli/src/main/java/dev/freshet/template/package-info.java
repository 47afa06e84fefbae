/**
 * The synthesized CloudFormation template as a value.
 *
 * <p>Input: the template's JSON. Output: its resources by logical id, what refers to what, and the
 * texts of its intrinsic functions. It knows nothing specific to Freshet's stack.
 */
@NullMarked
package dev.freshet.template;

import org.jspecify.annotations.NullMarked;
