package dev.freshet.local.emulator;

import java.io.IOException;

/**
 * Watchdog that ends this process when its standard input ends, which happens when the parent
 * closes the pipe or dies. SIGINT is ignored, so that Ctrl-C in a terminal ends only the parent,
 * which then ends its children in order.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Starts the watchdog. */
    public static void begin() {
        ignoreInterrupts();
        Thread.ofPlatform()
                .daemon()
                .name("parent-watch")
                .start(
                        () -> {
                            try {
                                while (System.in.read() >= 0) {
                                    Thread.onSpinWait();
                                }
                            } catch (IOException e) {
                                System.err.println(
                                        "Reading from the parent process failed: "
                                                + e.getMessage());
                            }
                            Runtime.getRuntime().halt(0);
                        });
    }

    /**
     * Ignores SIGINT. Uses reflection because javac warns about {@code sun.misc.Signal}, for which
     * there is no replacement.
     */
    private static void ignoreInterrupts() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException e) {
            System.err.println(
                    "SIGINT cannot be ignored, so Ctrl-C will end this process immediately: " + e);
        }
    }
}
