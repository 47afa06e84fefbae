package dev.freshet.local.emulator;

import java.io.IOException;

/**
 * Ends this process when its standard input does, that is when its parent has closed the pipe or
 * has died.
 */
public final class ParentWatch {

    private ParentWatch() {}

    /** Begins to watch. */
    public static void begin() {
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
}
