package dev.freshet.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * Files of the repository that a test computes: the test fails where they differ, and {@code
 * -Dfreshet.update=true} writes them anew.
 */
public final class GeneratedPage {
    private GeneratedPage() {}

    /**
     * Asserts that a part of a page is what a test computes.
     *
     * @param begin the comment before the part
     * @param end the comment behind it
     */
    public static void assertGenerated(Path file, String begin, String part, String end)
            throws IOException {
        String page = Files.readString(file);
        assertThat(page).contains(begin, end);
        String before = page.substring(0, page.indexOf(begin) + begin.length());
        assertGenerated(file, before + part + page.substring(page.indexOf(end)));
    }

    /** Asserts that a file is what a test computes. */
    public static void assertGenerated(Path file, String content) throws IOException {
        if (Boolean.getBoolean("freshet.update")) {
            Files.createDirectories(file.toAbsolutePath().getParent());
            Files.writeString(file, content);
        }
        assertThat(file)
                .as("%s is what this test computes; -Dfreshet.update=true writes it anew", file)
                .exists();
        assertThat(Files.readString(file))
                .as("%s is what this test computes; -Dfreshet.update=true writes it anew", file)
                .isEqualTo(content);
    }
}
