/**
 * Charts as SVG without a library: lines along an axis, and dots on their intervals.
 *
 * <p>Input: names and figures. Output: an SVG element for a page that holds {@link
 * dev.freshet.chart.ChartStyle#css}, or a file of its own by {@link
 * dev.freshet.chart.ChartStyle#file}. Equal figures give equal bytes.
 */
@NullMarked
package dev.freshet.chart;

import org.jspecify.annotations.NullMarked;
