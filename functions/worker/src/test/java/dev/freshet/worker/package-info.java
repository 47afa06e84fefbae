/** Tests of the worker that need no stream. Those on emulators are in {@code localstack}. */
@NullMarked
package dev.freshet.worker;

import org.jspecify.annotations.NullMarked;
