package dev.freshet.simulation;

import dev.freshet.simulation.FaultRates.RandomFault;
import dev.freshet.simulation.SimulationContext.Fault;
import dev.freshet.store.StoreUnavailableException;
import java.util.function.Supplier;

/**
 * One simulated process. All its effects pass through this class, where a call may fail, be late,
 * lose its answer or kill the process. A dead process has no further effect.
 */
final class Sandbox {
    private final SimulationContext nature;
    private boolean dead;

    Sandbox(SimulationContext nature) {
        this.nature = nature;
    }

    private void die() {
        dead = true;
        throw new Death();
    }

    /** Returns a port with this process's faults. */
    <T> T sees(Class<T> port, T store) {
        return View.of(
                port,
                store,
                (method, arguments, effect) ->
                        call(
                                effect,
                                () ->
                                        new StoreUnavailableException(
                                                port.getSimpleName(),
                                                new IllegalStateException("injected"))));
    }

    /**
     * Makes one call.
     *
     * @param failure exception for the caller if the call fails or its outcome is unknown
     */
    <T> T call(Supplier<T> effect, Supplier<? extends RuntimeException> failure) {
        breathe();
        FaultRates weather = nature.weather();
        if (nature.strikes(weather.of(RandomFault.REFUSED), Fault.REFUSED)) {
            throw failure.get();
        }
        if (nature.strikes(weather.of(RandomFault.DEATH) / 2, Fault.DEATH)
                || nature.isFatalCall()) {
            die();
        }
        if (nature.strikes(weather.of(RandomFault.LATE), Fault.LATE)) {
            nature.later(effect);
            throw failure.get();
        }
        T answer = effect.get();
        if (nature.strikes(weather.of(RandomFault.DEATH) / 2, Fault.DEATH)
                || nature.isFatalCall()) {
            die();
        }
        breathe();
        if (nature.strikes(weather.of(RandomFault.UNHEARD), Fault.UNHEARD)) {
            throw failure.get();
        }
        return answer;
    }

    private void breathe() {
        if (dead) {
            throw new Death();
        }
        nature.scheduler.yieldTurn();
        if (dead) {
            throw new Death();
        }
    }
}
