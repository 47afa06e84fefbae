/**
 * Reading of the synthesized CloudFormation template into the resources that the local cloud
 * creates.
 *
 * <p>Input: the template's JSON. Output: tables, streams, buckets, functions, mappings, schedules
 * and the API's document as plain values with local names and resolved references. The template
 * remains the only place that defines resources; this package knows nothing specific to Freshet's
 * stack.
 */
@NullMarked
package dev.freshet.local.template;

import org.jspecify.annotations.NullMarked;
