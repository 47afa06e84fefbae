package dev.freshet.house;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What puts the parts together, and what must not. */
class CompositionTest {
    private static final JavaClasses PRODUCT = Product.CLASSES;

    private static final Set<String> DEPLOYED_MODULES =
            Set.of("core", "aws", "runtime", "handlers", "worker", "embedding", "infra");

    private static final DescribedPredicate<JavaClass> DEPLOYED =
            describe("deployed", type -> DEPLOYED_MODULES.contains(Product.module(type)));
    private static final DescribedPredicate<JavaClass> COMMANDS =
            resideInAPackage("dev.freshet..")
                    .and(DescribedPredicate.not(DEPLOYED))
                    .as("the local cloud and the commands");
    private static final DescribedPredicate<JavaClass> ROOTS =
            describe(
                    "Wiring, StackStores, Main",
                    type ->
                            type.getFullName()
                                            .matches(
                                                    "dev\\.freshet\\.functions\\.runtime\\.(\\w*Wiring|StackStores)(\\$.*)?")
                                    || type.getFullName().equals("dev.freshet.worker.Main"));
    private static final DescribedPredicate<JavaClass> ADAPTERS =
            resideInAnyPackage(
                    "dev.freshet.aws.dynamodb..",
                    "dev.freshet.aws.kinesis..",
                    "dev.freshet.aws.s3..",
                    "dev.freshet.embedding..");
    private static final DescribedPredicate<JavaClass> SETTINGS =
            describe("Settings", type -> type.getFullName().equals("dev.freshet.aws.Settings"));

    @Test
    void allModulesAreLookedAt() {
        assertThat(Product.modules().keySet())
                .contains("core", "aws", "runtime", "handlers", "worker", "embedding", "infra")
                .contains("cli", "localstack", "bench");
        assertThat(Product.modules()).doesNotContainKey("");
    }

    @Test
    void onlyCompositionRootsKnowTheAdapters() {
        noClasses()
                .that(
                        DescribedPredicate.not(
                                ROOTS.or(COMMANDS)
                                        .or(resideInAPackage("dev.freshet.aws.."))
                                        .or(resideInAPackage("dev.freshet.embedding.."))))
                .should()
                .dependOnClassesThat(ADAPTERS)
                .check(PRODUCT);
    }

    @Test
    void timeRandomnessAndIdsComeInAsParameters() {
        SourcesOfChance.comeInAsParameters(ROOTS.or(COMMANDS).as("Wiring, Main and the commands"))
                .check(PRODUCT);
    }

    @Test
    void theEnvironmentIsReadBySettingsAndCommands() {
        SourcesOfChance.environmentIsReadBy(SETTINGS.or(COMMANDS).as("Settings and the commands"))
                .check(PRODUCT);
    }

    @Test
    void theStackKnowsOfTheRecommenderNoMoreThanNames() {
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
                                                "are neither names of tables and databases, statements of the lake, variables, options and what is deployed of them, nor headers of pages",
                                                type ->
                                                        !type.getFullName()
                                                                .matches(
                                                                        "dev\\.freshet\\.(aws\\.(Athena|DeployedOptions|SiteHeaders|Setting|row\\.TableKeys|option\\..*)|lake\\..*|privacy\\.LakeErasures\\$LakePurge)"))))
                .check(PRODUCT);
    }

    @Test
    void whatIsDeployedDoesNotKnowTheLocalCloud() {
        noClasses().that(DEPLOYED).should().dependOnClassesThat(COMMANDS).check(PRODUCT);
    }
}
