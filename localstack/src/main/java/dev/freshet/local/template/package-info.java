/**
 * What the synthesized CloudFormation template says, for the local cloud to make.
 *
 * <p>In: the template's JSON. Out: tables, streams, buckets, functions, mappings, schedules and the
 * API's document as plain values with local names, every reference resolved. The template stays the
 * one place that names them; nothing here knows what Freshet's stack is made of.
 */
@NullMarked
package dev.freshet.local.template;

import org.jspecify.annotations.NullMarked;
