package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * What the product may grow to. The sizes are counted from the sources of all modules and written
 * to a table that the build prints at its end.
 */
class BudgetTest {
    private static final Path TABLE = Path.of("target/budget.txt");

    /** Contracts, memory adapters and fixtures, which the tests of all modules share. */
    private static final String KIT = "shared/core/src/test/java/dev/freshet/testkit/";

    /**
     * Lines of comments to a line of main code that a module has at least, so that no line is saved
     * at the price of its description.
     */
    private static final Map<String, Double> LEAST_COMMENTS =
            Map.ofEntries(
                    Map.entry("batch", 0.23),
                    Map.entry("bench", 0.21),
                    Map.entry("cli", 0.16),
                    Map.entry("functions/embedding", 0.27),
                    Map.entry("functions/handlers", 0.18),
                    Map.entry("functions/runtime", 0.22),
                    Map.entry("functions/worker", 0.24),
                    Map.entry("infra", 0.18),
                    Map.entry("localstack", 0.21),
                    Map.entry("shared/aws", 0.19),
                    Map.entry("shared/core", 0.33),
                    Map.entry("web/clients/java", 0.20));

    /** Main and test sources by module, such as {@code shared/core}. */
    private final Map<String, SourceSize> main = new TreeMap<>();

    private final Map<String, SourceSize> test = new TreeMap<>();
    private SourceSize kit = SourceSize.NONE;
    private int words;

    BudgetTest() throws IOException {
        for (Path page : Checkout.files(".md")) {
            // Its pages are made of texts that the sources have.
            if (page.startsWith(Checkout.FOLDER.resolve("docs/reference"))) {
                continue;
            }
            words += Files.readString(page).strip().split("\\s+").length;
        }
        for (Path source : Checkout.files(".java")) {
            count(source);
        }
    }

    /**
     * A budget.
     *
     * @param what what is counted
     * @param size the present size
     * @param ceiling size above which the build fails
     * @param most size that the product is to fall below, and what {@code ceiling} will be then
     * @param aim size that the product is to have
     */
    private record Budget(String what, int size, int ceiling, int most, int aim) {}

    /** The only place of the limits. Lower a ceiling when the product has shrunk. */
    private List<Budget> budgets() {
        SourceSize all = sum(main);
        return List.of(
                new Budget("main Java, code lines", all.code(), 91_634, 85_000, 65_000),
                new Budget(
                        "of which shared/core",
                        Objects.requireNonNull(main.get("shared/core")).code(),
                        40_258,
                        35_500,
                        28_500),
                new Budget("main Java, files", all.files(), 1_102, 1_100, 950),
                new Budget("test kit, code lines", kit.code(), 4_025, 3_400, 3_200),
                new Budget(
                        "test Java, code lines",
                        sum(test).code() - kit.code(),
                        71_880,
                        62_500,
                        50_000),
                new Budget("Markdown, words", words, 58_300, 58_000, 45_000));
    }

    @Test
    void theProductStaysWithinItsBudgets() throws IOException {
        Files.createDirectories(TABLE.getParent());
        Files.write(TABLE, table());

        assertThat(budgets())
                .as(
                        """
                        sizes above their ceilings. Take away as much as was added (one thing in one \
                        place: a class that only forwards, a second form of what exists), or, if a \
                        capability was added, raise its budget here and say in the commit by how much.\
                        """)
                .filteredOn(budget -> budget.size() > budget.ceiling())
                .isEmpty();
    }

    @Test
    void everyModuleKeepsItsComments() {
        assertThat(LEAST_COMMENTS.keySet()).isEqualTo(main.keySet());
        assertThat(main)
                .as("modules with fewer comments to a line of code than %s", LEAST_COMMENTS)
                .allSatisfy(
                        (module, size) ->
                                assertThat(size.commentShare())
                                        .as(module)
                                        .isGreaterThanOrEqualTo(LEAST_COMMENTS.get(module)));
    }

    private void count(Path file) throws IOException {
        String path = Checkout.FOLDER.relativize(file).toString().replace('\\', '/');
        if (path.contains("/src/main/")) {
            add(main, path, "/src/main/", file);
        } else if (path.contains("/src/test/")) {
            add(test, path, "/src/test/", file);
            if (path.startsWith(KIT) && !path.endsWith("Test.java")) {
                kit = kit.plus(SourceSize.of(Files.readAllLines(file)));
            }
        }
    }

    private static void add(Map<String, SourceSize> sizes, String path, String folder, Path file)
            throws IOException {
        sizes.merge(
                path.substring(0, path.indexOf(folder)),
                SourceSize.of(Files.readAllLines(file)),
                SourceSize::plus);
    }

    private static SourceSize sum(Map<String, SourceSize> modules) {
        return modules.values().stream().reduce(SourceSize.NONE, SourceSize::plus);
    }

    private List<String> table() {
        List<String> lines = new ArrayList<>();
        lines.add(
                "Code lines are neither blank nor comment, import or package line; comments are"
                        + " lines of comments to a main code line.");
        lines.add(row("Budgets", "now", "ceiling", "most", "aim"));
        for (Budget budget : budgets()) {
            lines.add(
                    row(
                            "  " + budget.what(),
                            number(budget.size()),
                            number(budget.ceiling()),
                            number(budget.most()),
                            number(budget.aim())));
        }
        lines.add(row("Modules", "files", "main", "test", "comments"));
        for (Map.Entry<String, SourceSize> module : main.entrySet()) {
            SourceSize size = module.getValue();
            lines.add(
                    row(
                            "  " + module.getKey(),
                            number(size.files()),
                            number(size.code()),
                            number(test.getOrDefault(module.getKey(), SourceSize.NONE).code()),
                            String.format(Locale.ROOT, "%.3f", size.commentShare())));
        }
        return lines;
    }

    private static String row(String name, String... cells) {
        StringBuilder row = new StringBuilder(String.format(Locale.ROOT, "%-24s", name));
        for (String cell : cells) {
            row.append(String.format(Locale.ROOT, "%9s", cell));
        }
        return row.toString();
    }

    private static String number(int number) {
        return String.format(Locale.ROOT, "%,d", number);
    }
}
