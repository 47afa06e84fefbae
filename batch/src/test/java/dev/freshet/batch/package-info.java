/** Tests of the jobs, with Spark in the process. */
@NullMarked
package dev.freshet.batch;

import org.jspecify.annotations.NullMarked;
