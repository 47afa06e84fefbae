package dev.freshet.aws.option;

import static org.assertj.core.api.Assertions.assertThat;

import dev.freshet.aws.Setting;
import dev.freshet.aws.option.OptionValues.EnvironmentVariable;
import dev.freshet.ranking.Strategy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Holds the definitions together, and {@code docs/reference/options.md} to them. */
class StackOptionsTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "reference", "options.md");

    /** The file that a link of the page leads to. */
    private static final Pattern LINK = Pattern.compile("]\\(([^)#]+)[^)]*\\)");

    private static final String START =
            """
            # Options of a stack

            Generated from the definitions in `StackOptions.java` by a test of the build; `./freshet options` prints the same. An option is given in
            `freshet.json` beside the CDK app, or for one command by `-c name=value`. A value that is not allowed is refused before anything is
            deployed, and so is an unknown option, with the name of the nearest known one. [Deploy](../deploy.md) says what a deployment costs.

            | option | values | default | meaning |
            |---|---|---|---|
            """;

    @Test
    void namesAndVariablesAreUnique() {
        assertThat(StackOptions.all()).hasSizeGreaterThan(30);
        assertThat(StackOptions.all()).extracting(StackOption::name).doesNotHaveDuplicates();
        assertThat(Stream.concat(variables().stream(), Stream.of(Setting.values())))
                .extracting(EnvironmentVariable::variable)
                .doesNotHaveDuplicates()
                .allMatch(name -> name.matches("(FRESHET|AWS_LAMBDA)_[A-Z_]+"));
    }

    @Test
    void everyDefaultIsAnAllowedValue() {
        for (String stage : List.of("dev", "prod")) {
            StackSettings settings = new StackSettings(Map.of("stage", stage));
            for (StackOption<?> option : StackOptions.all()) {
                if (settings.find(option).isPresent()) {
                    assertThat(option.type().parse(settings.text(option)))
                            .as(option.name())
                            .isPresent();
                }
            }
        }
    }

    @Test
    void whatAChangeCostsIsSaidInSentences() {
        String oneWay =
                "[modelId, entrance, site, signedApi, catalogue, kAnonymity, quarantineDays, lake, lakeDays, pseudonymiseIds, customerKey, secretArn, idSecretArn, protection, logDays]";
        assertThat(StackOptions.all().stream().filter(StackOption::isOneWay).toList())
                .hasToString(oneWay);
        for (StackOption<?> option : StackOptions.all()) {
            assertThat(option.consequences())
                    .as(option.name())
                    .allMatch(of -> of.words().matches("[A-Z].{18,}\\."));
        }
    }

    @Test
    void everyOptionNamesTheValuesAtItsBordersWhichAreAllowed() {
        for (StackOption<?> option : StackOptions.all()) {
            assertThat(bordersOf(option.type())).as(option.name()).hasSizeGreaterThan(1);
        }
    }

    private static <T> List<String> bordersOf(OptionType<T> type) {
        List<String> texts = type.borders().stream().map(type::write).toList();
        assertThat(texts).allSatisfy(text -> assertThat(type.parse(text)).isPresent());
        return texts;
    }

    @Test
    void everyBlendIsAStrategyOfRanking() {
        assertThat(StackOptions.BLEND.type().values()).isEqualTo("stacking, weighted or switching");
        for (String name : Strategy.NAMES.split(", ", -1)) {
            assertThat(Strategy.of(name)).isPresent();
        }
    }

    @Test
    void thePageDescribesEveryOptionAndVariable() throws Exception {
        assertThat(StackOptions.all())
                .allSatisfy(
                        option ->
                                assertThat(option.meaning())
                                        .as(option.name())
                                        .matches("(?s).{20,}\\."));
        assertThat(Setting.values())
                .allSatisfy(setting -> assertThat(setting.meaning()).isNotBlank());
        String page = page();
        if (Boolean.getBoolean("freshet.update")) {
            Files.writeString(PAGE, page);
        }
        assertThat(Files.readString(PAGE))
                .as("%s is what this test computes; -Dfreshet.update=true writes it anew", PAGE)
                .isEqualTo(page);

        assertThat(LINK.matcher(page).results().map(link -> link.group(1)).toList())
                .hasSizeGreaterThan(10)
                .allSatisfy(link -> assertThat(PAGE.resolveSibling(link)).isRegularFile());
    }

    private static List<StackOption<?>> variables() {
        return StackOptions.all().stream().filter(option -> option.passing().isPresent()).toList();
    }

    private static String page() {
        StringBuilder page = new StringBuilder(START);
        StackOptions.all().forEach(option -> page.append(row(option)));
        page.append(
                """

                ## Environment variables

                Functions and the worker receive some options as environment variables. The worker receives what *features* and *train* receive.

                | variable | option | functions |
                |---|---|---|
                """);
        for (StackOption<?> option : variables()) {
            page.append(
                    "| `%s` | `%s`%s | %s |\n"
                            .formatted(
                                    option.variable(),
                                    option.name(),
                                    onlyIfGiven(option) ? ", if it is given" : "",
                                    functions(option)));
        }
        page.append(
                """

                The other variables name what the stack consists of, or configure a single process:

                | variable | meaning |
                |---|---|
                """);
        for (Setting setting : Setting.values()) {
            page.append("| `%s` | %s |\n".formatted(setting.variable(), setting.meaning()));
        }
        return page.toString();
    }

    private static String row(StackOption<?> option) {
        return "| `%s` | %s | %s | %s |\n"
                .formatted(
                        option.name(),
                        option.type().values(),
                        option.fallback().map(StackOption.Default::words).orElse("none"),
                        option.meaning().replace("](", "](../"));
    }

    private static boolean onlyIfGiven(StackOption<?> option) {
        return option.passing().map(StackOption.Passing::onlyIfGiven).orElse(false);
    }

    private static String functions(StackOption<?> option) {
        Optional<StackOption.Passing> passing = option.passing();
        int functions = passing.map(to -> to.functions().size()).orElse(0);
        return functions == StackFunction.values().length
                ? "all"
                : passing.stream()
                        .flatMap(to -> to.functions().stream())
                        .map(function -> "*" + function.id().toLowerCase(Locale.ROOT) + "*")
                        .collect(Collectors.joining(", "));
    }
}
