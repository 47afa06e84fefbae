package dev.freshet.local.function;

import dev.freshet.local.emulator.ParentWatch;

/**
 * The main class of a function's process: AWS's runtime interface client, ending with its parent.
 */
public final class RuntimeMain {

    private static final String CLIENT =
            "com.amazonaws.services.lambda.runtime.api.client.AWSLambda";

    private RuntimeMain() {}

    /** Takes the handler's class name. */
    public static void main(String[] args) throws ReflectiveOperationException {
        ParentWatch.begin();
        Class.forName(CLIENT).getMethod("main", String[].class).invoke(null, (Object) args);
    }
}
