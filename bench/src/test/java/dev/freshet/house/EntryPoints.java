package dev.freshet.house;

import com.tngtech.archunit.core.domain.JavaClass;
import java.util.Set;

/** Classes that something outside the code starts by their names. */
final class EntryPoints {
    /**
     * Supertypes of what is found by name: by Lambda, by the service loader, by the runtime's
     * hooks.
     */
    private static final Set<String> SUPERTYPES =
            Set.of(
                    "com.amazonaws.services.lambda.runtime.RequestStreamHandler",
                    "dev.freshet.cli.CommandProvider",
                    "dev.freshet.cli.lake.LocalLakes");

    private EntryPoints() {}

    static boolean includes(JavaClass type) {
        return type.getAllRawInterfaces().stream()
                        .anyMatch(supertype -> SUPERTYPES.contains(supertype.getFullName()))
                || type.tryGetMethod("main", String[].class).isPresent()
                || type.getMethods().stream()
                        .anyMatch(
                                method ->
                                        method.isAnnotatedWith(
                                                "org.openjdk.jmh.annotations.Benchmark"));
    }
}
