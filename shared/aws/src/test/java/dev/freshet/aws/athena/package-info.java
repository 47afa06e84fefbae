/** Tests of {@link dev.freshet.aws.athena}. */
@NullMarked
package dev.freshet.aws.athena;

import org.jspecify.annotations.NullMarked;
