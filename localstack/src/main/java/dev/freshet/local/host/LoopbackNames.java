package dev.freshet.local.host;

import java.util.regex.Pattern;

/**
 * The names of this machine that reach no other: 127.0.0.1, localhost and ::1. Needs no library, so
 * that the processes of emulators can ask it.
 */
public final class LoopbackNames {
    private static final Pattern LOOPBACK =
            Pattern.compile(
                    "(127\\.0\\.0\\.1|localhost|\\[::1])(:[0-9]{1,5})?", Pattern.CASE_INSENSITIVE);

    private LoopbackNames() {}

    /** Returns whether a host, with or without a port, is one of them. */
    public static boolean contain(String host) {
        return LOOPBACK.matcher(host).matches();
    }
}
