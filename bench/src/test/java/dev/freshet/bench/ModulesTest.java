package dev.freshet.bench;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.freshet.house.SourcesOfChance;
import org.junit.jupiter.api.Test;

/** The rules of the house across modules; those within {@code shared} are held there. */
class ModulesTest {
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .withImportOption(location -> !location.contains("-tests.jar"))
                    .importPackages("dev.freshet");

    private static final DescribedPredicate<JavaClass> WIRING =
            describe(
                    "Wiring",
                    type ->
                            type.getFullName().startsWith("dev.freshet.functions.Wiring")
                                    || type.getFullName().equals("dev.freshet.worker.Main"));
    private static final DescribedPredicate<JavaClass> DEPLOYED =
            resideInAnyPackage(
                    "dev.freshet.event..",
                    "dev.freshet.access..",
                    "dev.freshet.query..",
                    "dev.freshet.feature..",
                    "dev.freshet.model..",
                    "dev.freshet.candidate..",
                    "dev.freshet.ranking..",
                    "dev.freshet.stream..",
                    "dev.freshet.recommend..",
                    "dev.freshet.storage..",
                    "dev.freshet.embedding..",
                    "dev.freshet.functions..",
                    "dev.freshet.worker..",
                    "dev.freshet.infra..");
    private static final DescribedPredicate<JavaClass> LOCAL_CLOUD =
            resideInAPackage("dev.freshet..")
                    .and(DescribedPredicate.not(DEPLOYED))
                    .as("the local cloud and its commands");
    private static final DescribedPredicate<JavaClass> ADAPTERS =
            resideInAnyPackage(
                    "dev.freshet.storage.dynamodb..",
                    "dev.freshet.storage.kinesis..",
                    "dev.freshet.storage.s3..",
                    "dev.freshet.storage.memory..",
                    "dev.freshet.embedding..");
    private static final DescribedPredicate<JavaClass> SETTINGS =
            describe("Settings", type -> type.getFullName().equals("dev.freshet.storage.Settings"));

    @Test
    void all_modules_are_looked_at() {
        assertThat(PRODUCT.stream().map(JavaClass::getPackageName))
                .contains(
                        "dev.freshet.event",
                        "dev.freshet.functions",
                        "dev.freshet.worker",
                        "dev.freshet.infra",
                        "dev.freshet.cli",
                        "dev.freshet.bench");
    }

    @Test
    void only_composition_roots_know_the_adapters() {
        noClasses()
                .that(
                        DescribedPredicate.not(
                                WIRING.or(LOCAL_CLOUD)
                                        .or(resideInAPackage("dev.freshet.storage.."))
                                        .or(resideInAPackage("dev.freshet.embedding.."))))
                .should()
                .dependOnClassesThat(ADAPTERS)
                .check(PRODUCT);
    }

    @Test
    void time_randomness_and_ids_come_in_as_parameters_below_the_composition_roots() {
        SourcesOfChance.comeInAsParameters(
                        WIRING.or(LOCAL_CLOUD).as("Wiring, the local cloud and its commands"))
                .check(PRODUCT);
    }

    @Test
    void the_environment_is_read_by_the_settings_and_the_command_line() {
        SourcesOfChance.environmentIsReadBy(
                        SETTINGS.or(LOCAL_CLOUD).as("Settings, the local cloud and its commands"))
                .check(PRODUCT);
    }

    @Test
    void the_stack_knows_of_the_recommender_no_more_than_the_names() {
        noClasses()
                .that()
                .resideInAPackage("dev.freshet.infra..")
                .should()
                .dependOnClassesThat(
                        resideInAPackage("dev.freshet..")
                                .and(
                                        DescribedPredicate.not(
                                                resideInAnyPackage(
                                                        "dev.freshet.infra..",
                                                        "dev.freshet.functions..")))
                                .and(
                                        describe(
                                                "not the names in storage",
                                                type ->
                                                        !type.getFullName()
                                                                .matches(
                                                                        "dev\\.freshet\\.storage\\.(TableKeys|Settings).*"))))
                .check(PRODUCT);
    }

    @Test
    void what_is_deployed_does_not_know_the_local_cloud() {
        noClasses().that(DEPLOYED).should().dependOnClassesThat(LOCAL_CLOUD).check(PRODUCT);
    }
}
