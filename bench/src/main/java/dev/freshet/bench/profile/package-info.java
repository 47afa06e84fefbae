/**
 * Pictures of where a program spends its time. Input: recordings of the JDK Flight Recorder.
 * Output: flame graphs as SVG.
 */
@NullMarked
package dev.freshet.bench.profile;

import org.jspecify.annotations.NullMarked;
