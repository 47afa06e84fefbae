/**
 * The options of a stack: each is defined once, with its name, type, default, allowed values,
 * meaning and environment variable. The CDK app reads their values from its context, the functions,
 * the worker and the command line read them from the environment, and {@code
 * docs/reference/options.md} is generated from them.
 */
@NullMarked
package dev.freshet.aws.option;

import org.jspecify.annotations.NullMarked;
