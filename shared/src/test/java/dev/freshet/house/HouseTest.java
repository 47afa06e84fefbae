package dev.freshet.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class HouseTest {
    private static final String BASE = "dev.freshet";
    private static final String PLANTED = "dev.freshet.house.planted";
    private static final JavaClasses PRODUCT =
            new ClassFileImporter()
                    .withImportOption(new ImportOption.DoNotIncludeTests())
                    .importPackages(BASE);
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(PLANTED);

    private static final DescribedPredicate<JavaClass> NONE = describe("nobody", any -> false);
    private static final DescribedPredicate<JavaClass> SETTINGS =
            describe("Settings", type -> type.getFullName().equals(BASE + ".storage.Settings"));

    @ParameterizedTest
    @EnumSource
    void a_room_imports_only_what_its_row_allows(ImportTable row) {
        row.rule(BASE).check(PRODUCT);
    }

    @Test
    void every_package_is_a_room_of_the_table() {
        var rooms =
                PRODUCT.stream()
                        .map(type -> type.getPackageName().replaceFirst("^dev\\.freshet\\.?", ""))
                        .map(name -> name.replaceFirst("\\..*", ""))
                        .collect(Collectors.toSet());

        assertThat(rooms).isNotEmpty().isSubsetOf(ImportTable.rooms().toList());
    }

    @Test
    void nothing_but_storage_knows_the_cloud() {
        noClasses()
                .that()
                .resideOutsideOfPackage("dev.freshet.storage..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..", "com.amazonaws..", "java.net.http..", "com.sun.net..")
                .check(PRODUCT);
    }

    @Test
    void time_randomness_and_ids_come_in_as_parameters() {
        SourcesOfChance.comeInAsParameters(NONE).check(PRODUCT);
    }

    @Test
    void the_environment_is_read_in_one_place() {
        SourcesOfChance.environmentIsReadBy(SETTINGS).check(PRODUCT);
    }

    @Test
    void learning_counts_steps_and_reads_no_clock_at_all() {
        noClasses()
                .that(resideInAPackage("dev.freshet.model.."))
                .should()
                .callMethod(System.class, "nanoTime")
                .check(PRODUCT);
    }

    @Test
    void a_planted_import_against_the_flow_is_found() {
        assertBroken(ImportTable.EVENT.rule(PLANTED), "PeeksAhead", "Learned");
    }

    @Test
    void a_planted_import_of_an_adapter_is_found() {
        assertBroken(ImportTable.MODEL.rule(PLANTED), "Learned", "Adapter");
    }

    @Test
    void a_planted_import_along_the_flow_is_allowed() {
        assertThatCode(() -> ImportTable.STORAGE.rule(PLANTED).check(WRONG))
                .doesNotThrowAnyException();
    }

    @Test
    void planted_chance_is_found() {
        assertBroken(
                SourcesOfChance.comeInAsParameters(NONE),
                "Instant.now()",
                "randomUUID",
                "java.util.Random");
    }

    @Test
    void a_planted_look_at_the_environment_is_found() {
        assertBroken(SourcesOfChance.environmentIsReadBy(SETTINGS), "getenv");
    }

    private static void assertBroken(ArchRule rule, String... named) {
        assertThatThrownBy(() -> rule.check(WRONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(named);
    }
}
