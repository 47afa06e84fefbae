/** Tests of the case study, over a small log that is made up. */
@NullMarked
package dev.freshet.casestudy;

import org.jspecify.annotations.NullMarked;
