/**
 * The CDK app. It reads the options of a stack from the CDK context, and the packages that the
 * build made; it writes a CloudFormation template with every resource of the stack.
 */
@NullMarked
package dev.freshet.infra;

import org.jspecify.annotations.NullMarked;
