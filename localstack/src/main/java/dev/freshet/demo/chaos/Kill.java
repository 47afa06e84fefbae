package dev.freshet.demo.chaos;

import java.time.Duration;

/**
 * One kill of a process with {@code SIGKILL}.
 *
 * @param process name of the process in the status
 * @param at time since the simulation began
 * @param downtime time until the process answered again; zero for a planned kill
 */
public record Kill(String process, Duration at, Duration downtime) {
    /**
     * Returns a planned kill, to be carried out not before {@code at} and not before the previously
     * killed process has returned.
     */
    static Kill planned(String process, Duration at) {
        return new Kill(process, at, Duration.ZERO);
    }
}
