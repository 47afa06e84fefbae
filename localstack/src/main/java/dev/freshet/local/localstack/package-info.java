/**
 * The stack on LocalStack: the synthesized template without what LocalStack's free edition cannot
 * create, and the local gateway in front of the functions, because that edition runs no
 * authorizers.
 *
 * <p>Enters: the address of a running LocalStack and the synthesized template with its assets.
 * Leaves: a CloudFormation stack, and the API on a port of this machine.
 */
@NullMarked
package dev.freshet.local.localstack;

import org.jspecify.annotations.NullMarked;
