package dev.freshet.testkit.fuzz;

import java.util.stream.Stream;

/** What takes bytes from strangers takes anything. {@code ./mvnw verify -Pfuzz} for the million. */
class FuzzTest extends FuzzContract {
    static Stream<Class<? extends FuzzTarget>> targets() {
        return Stream.of(
                AvroTarget.class,
                ExamplesTarget.class,
                CredentialsTarget.class,
                CursorsTarget.class,
                DeltasTarget.class,
                SnapshotsTarget.class,
                QueriesTarget.class,
                EventsTarget.class,
                EventTypesTarget.class);
    }
}
