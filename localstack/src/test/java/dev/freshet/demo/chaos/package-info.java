/** Tests of the fault injection: its plan, and a short run. */
@NullMarked
package dev.freshet.demo.chaos;

import org.jspecify.annotations.NullMarked;
