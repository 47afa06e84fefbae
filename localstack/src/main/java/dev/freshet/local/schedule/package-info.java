/**
 * Local replacement of EventBridge: rules at a fixed rate.
 *
 * <p>Input: schedules of the template. Output: invocations with a scheduled event, counted by the
 * functions.
 */
@NullMarked
package dev.freshet.local.schedule;

import org.jspecify.annotations.NullMarked;
