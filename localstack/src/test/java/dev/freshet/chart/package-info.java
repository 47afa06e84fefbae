/** Tests of the charts. */
@NullMarked
package dev.freshet.chart;

import org.jspecify.annotations.NullMarked;
