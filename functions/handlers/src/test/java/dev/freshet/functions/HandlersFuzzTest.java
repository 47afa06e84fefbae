package dev.freshet.functions;

import dev.freshet.testkit.fuzz.FuzzContract;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** Fuzzing of the functions behind the API. */
class HandlersFuzzTest extends FuzzContract {
    static Stream<Class<? extends FuzzTarget>> targets() {
        return Stream.of(HandlersTarget.class, PrivacyTarget.class);
    }
}
