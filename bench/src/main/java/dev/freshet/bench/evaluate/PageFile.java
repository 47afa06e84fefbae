package dev.freshet.bench.evaluate;

import dev.freshet.cli.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the page of a report lies. */
final class PageFile {
    private PageFile() {}

    /**
     * Writes the page.
     *
     * @param wished where it shall lie, or null for {@code target/} of the checkout
     * @return where it lies
     */
    static Path write(Report report, String foot, @Nullable Path wished) throws IOException {
        Path page = wished != null ? wished : usual(report);
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(page, Page.of(report, foot));
        return page;
    }

    private static Path usual(Report report) {
        String what = report.protocol().equals("rating") ? "-rating" : "";
        return Checkout.find()
                .resolve("target")
                .resolve("evaluate-" + report.dataset() + what + ".html");
    }
}
