package dev.freshet.local.function;

import dev.freshet.local.emulator.ParentWatch;

/**
 * Main class of a function's process: AWS's runtime interface client, which ends when the parent
 * process ends.
 */
public final class RuntimeMain {

    private RuntimeMain() {}

    /**
     * Starts the client.
     *
     * @param args class name of the handler
     */
    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.begin();
        Class.forName(LambdaJvm.CLIENT)
                .getMethod("main", String[].class)
                .invoke(null, (Object) args);
    }
}
