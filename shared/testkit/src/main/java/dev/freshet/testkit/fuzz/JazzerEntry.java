package dev.freshet.testkit.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Where Jazzer comes in: {@code --target_class} this, {@code --target_args} a target's class. */
public final class JazzerEntry {
    private static @Nullable FuzzTarget target;

    private JazzerEntry() {}

    public static void fuzzerInitialize(String[] arguments) throws ReflectiveOperationException {
        target =
                Class.forName(arguments[0])
                        .asSubclass(FuzzTarget.class)
                        .getDeclaredConstructor()
                        .newInstance();
    }

    public static void fuzzerTestOneInput(byte[] input) throws Exception {
        Budget.give(Objects.requireNonNull(target), input);
    }
}
