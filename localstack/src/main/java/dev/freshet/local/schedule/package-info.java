/**
 * EventBridge's stand-in: rules at a fixed rate.
 *
 * <p>In: schedules of the template. Out: invocations with a scheduled event, counted by the
 * functions themselves.
 */
@NullMarked
package dev.freshet.local.schedule;

import org.jspecify.annotations.NullMarked;
