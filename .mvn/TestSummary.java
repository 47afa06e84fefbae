import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints the totals of the Surefire reports of all modules, and every skipped test with its reason.
 * Tests of one class that were skipped for one reason share a line. Then prints the product's size.
 *
 * <p>{@code java TestSummary.java ROOT STARTED}: reports older than the file STARTED are of an
 * earlier build and are ignored. Runs on the java of the path, JDK 17 or newer.
 */
class TestSummary {
    /** Maximum depth of a module below the root, such as 2 for functions/worker. */
    private static final int MODULE_DEPTH = 2;

    private record Skipped(String className, String reason) {}

    private int run;
    private int failures;
    private int errors;
    private final Map<Skipped, List<String>> skipped = new LinkedHashMap<>();

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        Path started = Path.of(args[1]);
        var summary = new TestSummary();
        for (Path report : reports(root)) {
            if (Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(started))
                    >= 0) {
                summary.add(report);
            }
        }
        summary.print();
        printBudget(root.resolve("bench/target/budget.txt"), started);
    }

    /** Prints the table of the product's size that a test of this build has written. */
    private static void printBudget(Path table, Path started) throws IOException {
        if (Files.exists(table)
                && Files.getLastModifiedTime(table).compareTo(Files.getLastModifiedTime(started))
                        >= 0) {
            Files.readAllLines(table).forEach(line -> System.out.println("[INFO] " + line));
        }
    }

    private static List<Path> reports(Path root) throws IOException {
        var reports = new ArrayList<Path>();
        try (Stream<Path> folders =
                Files.find(
                        root,
                        MODULE_DEPTH + 2,
                        (path, file) ->
                                file.isDirectory() && path.endsWith("target/surefire-reports"))) {
            for (Path folder : folders.toList()) {
                try (Stream<Path> files = Files.list(folder)) {
                    files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                            .forEach(reports::add);
                }
            }
        }
        reports.sort(null);
        return reports;
    }

    private void add(Path report) throws Exception {
        Element suite =
                DocumentBuilderFactory.newInstance()
                        .newDocumentBuilder()
                        .parse(report.toFile())
                        .getDocumentElement();
        run += Integer.parseInt(suite.getAttribute("tests"));
        failures += Integer.parseInt(suite.getAttribute("failures"));
        errors += Integer.parseInt(suite.getAttribute("errors"));
        var marks = suite.getElementsByTagName("skipped");
        for (int i = 0; i < marks.getLength(); i++) {
            var mark = (Element) marks.item(i);
            var test = (Element) mark.getParentNode();
            String reason = mark.getAttribute("message").strip().replaceAll("\\s+", " ");
            skipped.computeIfAbsent(
                            new Skipped(test.getAttribute("classname"), reason),
                            none -> new ArrayList<>())
                    .add(test.getAttribute("name"));
        }
    }

    private void print() {
        int skippedTests = skipped.values().stream().mapToInt(List::size).sum();
        if (!skipped.isEmpty()) {
            System.out.println("[INFO] Skipped:");
            skipped.forEach((what, tests) -> System.out.println("[INFO]   " + line(what, tests)));
        }
        System.out.println("[INFO] Results of all modules:");
        System.out.println(
                "[INFO] Tests run: %d, Failures: %d, Errors: %d, Skipped: %d"
                        .formatted(run, failures, errors, skippedTests));
    }

    private static String line(Skipped what, List<String> tests) {
        String only = tests.get(0);
        String which =
                tests.size() > 1
                        ? " (%d tests)".formatted(tests.size())
                        : only.isEmpty() ? "" : "." + only;
        return what.className() + which + (what.reason().isEmpty() ? "" : ": " + what.reason());
    }
}
