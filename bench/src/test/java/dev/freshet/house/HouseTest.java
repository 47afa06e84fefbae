package dev.freshet.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaMethod;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.lang.ArchRule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What holds the modules and packages in their order. */
class HouseTest {
    private static final String BASE = "dev.freshet";
    private static final String PLANTED = "dev.freshet.house.planted";
    private static final Path TABLE = Path.of("src/test/resources/dev/freshet/house/imports.txt");
    private static final JavaClasses PRODUCT = Product.CLASSES;
    private static final JavaClasses WRONG = new ClassFileImporter().importPackages(PLANTED);

    private static final DescribedPredicate<JavaClass> NONE = describe("nobody", any -> false);

    /** Methods of ports that nothing calls yet. */
    private static final Set<String> NOT_CALLED_YET = Set.of();

    @Test
    void packagesImportWhatTheTableSaysAndNothingElse() throws IOException {
        Imports found = Imports.of(PRODUCT, BASE);
        if (Boolean.getBoolean("freshet.update")) {
            Files.write(TABLE, found.lines());
        }

        assertThat(found.byPackage()).hasSizeGreaterThan(50);
        assertThat(found.differences(Imports.parse(Files.readAllLines(TABLE))))
                .as("differences from %s; -Dfreshet.update=true writes it anew", TABLE)
                .isEmpty();
    }

    @Test
    void noPackagesImportEachOther() {
        assertThat(Imports.of(PRODUCT, BASE).cycle()).isEmpty();
        assertThat(Imports.of(PRODUCT, BASE).rooms().cycle()).isEmpty();
    }

    @Test
    void coreKnowsNoCloudAndNoHttp() {
        assertThat(Product.modules().get("core")).isNotEmpty();
        noClasses()
                .that(describe("are of shared/core", type -> Product.module(type).equals("core")))
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "software.amazon..",
                        "com.amazonaws..",
                        "java.net.http..",
                        "com.sun.net..",
                        "dev.freshet.aws..")
                .check(PRODUCT);
    }

    @Test
    void onlyAdaptersAndWhatJoinsThemKnowTheSdk() {
        noClasses()
                .that(resideInAnyPackage("dev.freshet.functions", "dev.freshet.infra.."))
                .should()
                .dependOnClassesThat(resideInAPackage("software.amazon.awssdk.."))
                .check(PRODUCT);
    }

    @Test
    void learningCountsStepsAndReadsNoClock() {
        noClasses()
                .that(resideInAPackage("dev.freshet.model.."))
                .should()
                .callMethod(System.class, "nanoTime")
                .check(PRODUCT);
    }

    @Test
    void noTwoMainClassesShareASimpleName() {
        Map<String, List<JavaClass>> byName =
                PRODUCT.stream()
                        .filter(JavaClass::isTopLevelClass)
                        .filter(type -> !type.getSimpleName().equals("package-info"))
                        .collect(groupingBy(JavaClass::getSimpleName));

        assertThat(byName).hasSizeGreaterThan(500);
        assertThat(byName.values()).filteredOn(types -> types.size() > 1).isEmpty();
    }

    @Test
    void everyMainClassIsUsedByAnotherOrStartedByName() {
        Set<String> unused = new TreeSet<>();
        for (JavaClass type : PRODUCT) {
            if (type.isTopLevelClass()
                    && !type.getSimpleName().equals("package-info")
                    && !usedByAnother(type)
                    && !isConstantsOnly(type)
                    && !EntryPoints.includes(type)) {
                unused.add(type.getFullName());
            }
        }

        assertThat(unused).as("main classes that only tests use, or nothing").isEmpty();
    }

    @Test
    void everyMethodOfAPortIsCalledInProduction() {
        Set<String> uncalled = new TreeSet<>();
        List<JavaClass> ports = ports();
        for (JavaClass port : ports) {
            for (JavaMethod method : port.getMethods()) {
                boolean called =
                        method.getCallsOfSelf().stream()
                                .anyMatch(call -> isProduction(call.getOriginOwner()));
                boolean referred =
                        method.getReferencesToSelf().stream()
                                .anyMatch(call -> isProduction(call.getOriginOwner()));
                boolean isStatic = method.getModifiers().contains(JavaModifier.STATIC);
                if (!called && !referred && !isStatic) {
                    uncalled.add(port.getSimpleName() + "." + method.getName());
                }
            }
        }

        assertThat(ports).hasSizeGreaterThan(8);
        assertThat(uncalled).isEqualTo(NOT_CALLED_YET);
    }

    @Test
    void aPlantedImportWithoutARowIsFound() {
        Imports planted = Imports.of(WRONG, PLANTED);

        assertThat(
                        planted.differences(
                                Imports.parse(List.of("event:", "model: storage", "storage:"))))
                .containsExactly("event imports model");
    }

    @Test
    void aRowThatNothingNeedsIsFound() {
        Imports planted = Imports.of(WRONG, PLANTED);

        assertThat(
                        planted.differences(
                                Imports.parse(
                                        List.of(
                                                "event: model storage", "model: storage",
                                                "storage:", "gone:"))))
                .containsExactly(
                        "event no longer imports storage",
                        "gone is a row of the table and no package");
    }

    @Test
    void aCycleIsFound() {
        Imports circular = Imports.parse(List.of("a: b", "b: c", "c: b"));

        assertThat(circular.cycle()).containsExactly("b", "c", "b");
    }

    @Test
    void plantedChanceIsFound() {
        assertBroken(
                SourcesOfChance.comeInAsParameters(NONE),
                "Instant.now()",
                "randomUUID",
                "java.util.Random");
    }

    @Test
    void aPlantedLookAtTheEnvironmentIsFound() {
        assertBroken(SourcesOfChance.environmentIsReadBy(NONE), "getenv");
    }

    @Test
    void aPlantedClassThatNothingUsesIsFound() {
        assertThat(WRONG.stream().filter(type -> !usedByAnother(type)))
                .extracting(JavaClass::getSimpleName)
                .contains("PeeksAhead")
                .doesNotContain("Adapter");
    }

    private static boolean usedByAnother(JavaClass type) {
        return type.getDirectDependenciesToSelf().stream()
                        .map(Dependency::getOriginClass)
                        .anyMatch(origin -> !outermost(origin).equals(type))
                || nestedUsed(type);
    }

    /** Constants are copied to where they are used, so the compiled classes do not tell. */
    private static boolean isConstantsOnly(JavaClass type) {
        return !type.getFields().isEmpty()
                && type.getFields().stream()
                        .allMatch(
                                field ->
                                        field.getModifiers().contains(JavaModifier.FINAL)
                                                && field.getModifiers()
                                                        .contains(JavaModifier.STATIC))
                && type.getMethods().isEmpty();
    }

    private static boolean nestedUsed(JavaClass type) {
        String prefix = type.getFullName() + "$";
        return PRODUCT.stream()
                .filter(nested -> nested.getFullName().startsWith(prefix))
                .flatMap(nested -> nested.getDirectDependenciesToSelf().stream())
                .map(Dependency::getOriginClass)
                .anyMatch(origin -> !outermost(origin).equals(type));
    }

    private static JavaClass outermost(JavaClass type) {
        JavaClass at = type;
        while (at.getEnclosingClass().isPresent()) {
            at = at.getEnclosingClass().orElseThrow();
        }
        return at;
    }

    /** Interfaces of core that an adapter of a service implements. */
    private static List<JavaClass> ports() {
        return PRODUCT.stream()
                .filter(type -> type.isInterface() && Product.module(type).equals("core"))
                .filter(
                        type ->
                                type.getSubclasses().stream()
                                        .anyMatch(sub -> Product.module(sub).equals("aws")))
                .toList();
    }

    private static boolean isProduction(JavaClass origin) {
        return !Product.module(origin).equals("aws");
    }

    private static void assertBroken(ArchRule rule, String... named) {
        assertThatThrownBy(() -> rule.check(WRONG))
                .isInstanceOf(AssertionError.class)
                .hasMessageContainingAll(named);
    }
}
