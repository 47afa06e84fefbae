package dev.freshet.bench.evaluate;

import dev.freshet.cli.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the page of a report lies. */
public final class PageFile {
    private PageFile() {}

    /**
     * Writes the page.
     *
     * @param wished where it shall lie, or null for {@code target/} of the checkout
     * @return where it lies
     */
    static Path write(Report report, String foot, @Nullable Path wished) throws IOException {
        return write(Page.of(report, foot), wished, usual(report));
    }

    /**
     * Writes any page.
     *
     * @param wished where it shall lie, or null for {@code target/} of the checkout
     * @param usual its name there
     * @return where it lies
     */
    public static Path write(String html, @Nullable Path wished, String usual) throws IOException {
        Path page = wished != null ? wished : Checkout.find().resolve("target").resolve(usual);
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(page, html);
        return page;
    }

    private static String usual(Report report) {
        String what = report.protocol().equals("rating") ? "-rating" : "";
        return "evaluate-" + report.dataset() + what + ".html";
    }
}
