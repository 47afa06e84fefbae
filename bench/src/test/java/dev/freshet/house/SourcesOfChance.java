package dev.freshet.house;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchRule;
import java.time.Clock;
import java.time.Instant;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZonedDateTime;
import java.util.Random;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/**
 * Time, randomness and ids come in as parameters, so that everything can be replayed; the
 * environment comes in as {@code Settings}. Only what puts the parts together may reach for the
 * real ones.
 */
public final class SourcesOfChance {

    private SourcesOfChance() {}

    /** Nothing but {@code roots} asks for the time of day, a random number or a new id. */
    public static ArchRule comeInAsParameters(DescribedPredicate<JavaClass> roots) {
        return noClasses()
                .that(DescribedPredicate.not(roots))
                .should()
                .callMethodWhere(
                        calls("now", Instant.class)
                                .or(calls("now", LocalDate.class))
                                .or(calls("now", LocalDateTime.class))
                                .or(calls("now", OffsetDateTime.class))
                                .or(calls("now", ZonedDateTime.class))
                                .or(calls("system.*", Clock.class))
                                .or(calls("system", InstantSource.class))
                                .or(calls("currentTimeMillis", System.class))
                                .or(calls("random", Math.class))
                                .or(calls("random", StrictMath.class))
                                .or(calls("randomUUID", UUID.class))
                                .or(calls("current", ThreadLocalRandom.class))
                                .or(calls("getDefault", RandomGenerator.class)))
                .orShould()
                .dependOnClassesThat(assignableTo(Random.class))
                .as(
                        "time, randomness and ids come in as parameters, except in "
                                + roots.getDescription());
    }

    /** Nothing but {@code readers} reads an environment variable. */
    public static ArchRule environmentIsReadBy(DescribedPredicate<JavaClass> readers) {
        return noClasses()
                .that(DescribedPredicate.not(readers))
                .should()
                .callMethodWhere(calls("getenv", System.class))
                .as("the environment is read by nothing but " + readers.getDescription());
    }

    private static DescribedPredicate<JavaCall<?>> calls(String method, Class<?> owner) {
        return DescribedPredicate.describe(
                owner.getSimpleName() + "." + method,
                call ->
                        call.getTargetOwner().isEquivalentTo(owner)
                                && call.getTarget().getName().matches(method)
                                && !takesItsClock(call));
    }

    private static boolean takesItsClock(JavaCall<?> call) {
        return call.getTarget().getRawParameterTypes().stream()
                .anyMatch(type -> type.isAssignableTo(Clock.class));
    }
}
