package dev.freshet.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The difference between {@code ./mvnw verify} and {@code ./mvnw verify -Pthorough}, which runs the
 * whole of each long test. CONTRIBUTING.md says what each would find that the small form does not.
 */
public final class Thorough {
    private static final String PROPERTY = "freshet.thorough";

    private Thorough() {}

    /** Returns whether this is a thorough run. */
    public static boolean isOn() {
        return Boolean.getBoolean(PROPERTY);
    }

    /** Returns the second number in a thorough run, and the first in any other. */
    public static int number(int small, int thorough) {
        return isOn() ? thorough : small;
    }

    /** A test, or a class of tests, that is run in thorough runs alone, and skipped elsewhere. */
    @Documented
    @Target({ElementType.TYPE, ElementType.METHOD})
    @Retention(RetentionPolicy.RUNTIME)
    @EnabledIfSystemProperty(
            named = PROPERTY,
            matches = "true",
            disabledReason = "runs with ./mvnw verify -Pthorough")
    public @interface Only {}
}
