/** Tests of killing processes: the plan, and a short run of it. */
@NullMarked
package dev.freshet.demo.chaos;

import org.jspecify.annotations.NullMarked;
