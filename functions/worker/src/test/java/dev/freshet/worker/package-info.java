/** Tests of the worker that need no stream; those on emulators are in {@code localstack}. */
@NullMarked
package dev.freshet.worker;

import org.jspecify.annotations.NullMarked;
