/**
 * What a stack costs: its synthesized template, a table of list prices and a table of measured
 * units enter, the monthly bill of a workload leaves. Nothing here calls AWS.
 */
@NullMarked
package dev.freshet.cli.cost;

import org.jspecify.annotations.NullMarked;
