package dev.freshet.demo.chaos;

import java.time.Duration;

/**
 * One process killed with {@code SIGKILL}.
 *
 * @param process its name, as the status lists it
 * @param at since the readers began
 * @param away until it answered again; zero where that is still to come
 */
public record Kill(String process, Duration at, Duration away) {
    /** One that is planned: not before {@code at}, and not before the one ahead of it is back. */
    static Kill planned(String process, Duration at) {
        return new Kill(process, at, Duration.ZERO);
    }
}
