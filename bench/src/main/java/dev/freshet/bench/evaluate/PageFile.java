package dev.freshet.bench.evaluate;

import dev.freshet.cli.Checkout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Writer of the page of a report. */
public final class PageFile {
    private PageFile() {}

    /**
     * Writes the page of a report.
     *
     * @param part HTML that follows the tables
     * @param requested path of the page, or null for {@code target/} of the checkout
     * @return path of the page
     */
    static Path write(Report report, String part, String foot, @Nullable Path requested)
            throws IOException {
        return write(Page.of(report, part, foot), requested, defaultName(report));
    }

    /**
     * Writes a page.
     *
     * @param requested path of the page, or null for {@code target/} of the checkout
     * @param defaultName file name in {@code target/}
     * @return path of the page
     */
    public static Path write(String html, @Nullable Path requested, String defaultName)
            throws IOException {
        Path page =
                requested != null
                        ? requested
                        : Checkout.find().resolve("target").resolve(defaultName);
        Path folder = page.toAbsolutePath().getParent();
        if (folder != null) {
            Files.createDirectories(folder);
        }
        Files.writeString(page, html);
        return page;
    }

    private static String defaultName(Report report) {
        String what =
                switch (report.protocol()) {
                    case "rating", TestPlan.SPLIT_AT, TestPlan.LEAVE_LAST_ONE_OUT ->
                            "-" + report.protocol();
                    default -> "";
                };
        return "evaluate-" + report.dataset() + what + ".html";
    }
}
