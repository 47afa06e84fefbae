import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;

/**
 * Prints the totals of the Surefire reports of all modules, and every skipped test with its reason.
 *
 * <p>{@code java TestSummary.java ROOT STARTED}: reports older than the file STARTED are of an earlier build and are ignored.
 */
class TestSummary {
    private int run;
    private int failures;
    private int errors;
    private final List<String> skipped = new ArrayList<>();

    public static void main(String[] args) throws Exception {
        Path root = Path.of(args[0]);
        Path started = Path.of(args[1]);
        var summary = new TestSummary();
        for (Path report : reports(root)) {
            if (Files.getLastModifiedTime(report).compareTo(Files.getLastModifiedTime(started)) >= 0) {
                summary.add(report);
            }
        }
        summary.print();
    }

    private static List<Path> reports(Path root) throws IOException {
        var reports = new ArrayList<Path>();
        try (Stream<Path> modules = Files.list(root)) {
            for (Path module : modules.toList()) {
                Path folder = module.resolve("target/surefire-reports");
                if (Files.isDirectory(folder)) {
                    try (Stream<Path> files = Files.list(folder)) {
                        files.filter(file -> file.getFileName().toString().matches("TEST-.*\\.xml"))
                                .forEach(reports::add);
                    }
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
            String method = test.getAttribute("name");
            String reason = mark.getAttribute("message").strip().replaceAll("\\s+", " ");
            skipped.add(
                    test.getAttribute("classname")
                            + (method.isEmpty() ? "" : "." + method)
                            + (reason.isEmpty() ? "" : ": " + reason));
        }
    }

    private void print() {
        if (!skipped.isEmpty()) {
            System.out.println("[INFO] Skipped:");
            skipped.forEach(test -> System.out.println("[INFO]   " + test));
        }
        System.out.println("[INFO] Results of all modules:");
        System.out.println(
                "[INFO] Tests run: %d, Failures: %d, Errors: %d, Skipped: %d"
                        .formatted(run, failures, errors, skipped.size()));
    }
}
