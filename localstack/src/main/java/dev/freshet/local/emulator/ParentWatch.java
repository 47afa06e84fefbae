package dev.freshet.local.emulator;

import java.io.IOException;

/**
 * Ends this process when its standard input does, that is when its parent has closed the pipe or
 * has died. A terminal's Ctrl-C goes to the parent alone, which ends its children in order.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Begins to watch. */
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
                                        "the pipe to the parent broke: " + e.getMessage());
                            }
                            Runtime.getRuntime().halt(0);
                        });
    }

    /** By reflection: the compiler warns of {@code sun.misc.Signal}, and nothing else does this. */
    private static void ignoreInterrupts() {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object ignore = handler.getField("SIG_IGN").get(null);
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance("INT"), ignore);
        } catch (ReflectiveOperationException e) {
            System.err.println("Ctrl-C will end this process at once: " + e);
        }
    }
}
