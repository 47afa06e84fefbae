package dev.freshet.testkit.fuzz;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The entry point for Jazzer: {@code --target_class} names this class, {@code --target_args} the
 * class of a {@link FuzzTarget}.
 */
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
        Fuzzing.Budget.run(Objects.requireNonNull(target), input);
    }
}
