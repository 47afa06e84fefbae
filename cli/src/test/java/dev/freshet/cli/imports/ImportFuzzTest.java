package dev.freshet.cli.imports;

import dev.freshet.testkit.fuzz.FuzzContract;
import dev.freshet.testkit.fuzz.FuzzTarget;
import java.util.stream.Stream;

/** Fuzzing of the files that an import reads. */
class ImportFuzzTest extends FuzzContract {
    static Stream<Class<? extends FuzzTarget>> targets() {
        return Stream.of(LinesTarget.class);
    }
}
