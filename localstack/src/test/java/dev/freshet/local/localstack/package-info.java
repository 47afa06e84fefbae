/** Tests of the stack on LocalStack that need no LocalStack. */
@NullMarked
package dev.freshet.local.localstack;

import org.jspecify.annotations.NullMarked;
