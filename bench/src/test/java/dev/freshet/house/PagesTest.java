package dev.freshet.house;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every relative link of the pages leads to a file, and to a heading where it names one. What the
 * README repeats of a page is what the page says.
 */
class PagesTest {
    private static final Pattern CODE = Pattern.compile("(?ms)^```.*?^```");
    private static final Pattern LINK = Pattern.compile("]\\(([^)\\s]+)\\)");
    private static final Pattern HEADING = Pattern.compile("(?m)^#+ (.*)$");

    @Test
    void everyLinkLeadsSomewhere() throws IOException {
        List<Path> pages = Checkout.files(".md");
        pages.add(Checkout.FOLDER.resolve("llms.txt"));
        List<String> broken = new ArrayList<>();
        for (Path page : pages) {
            LINK.matcher(text(page))
                    .results()
                    .map(link -> link.group(1))
                    .filter(link -> !link.matches("(https?|mailto):.*"))
                    .filter(link -> !leads(page, link))
                    .forEach(link -> broken.add(Checkout.FOLDER.relativize(page) + " to " + link));
        }

        assertThat(pages).hasSizeGreaterThan(40);
        assertThat(broken).isEmpty();
    }

    @Test
    void theListOfTheReadmeIsTheBeginningOfThatOfGetStarted() throws IOException {
        String list = block(Checkout.FOLDER.resolve("README.md"), "text");
        String end = "\n  …\n";

        assertThat(list).endsWith(end);
        assertThat(block(Checkout.FOLDER.resolve("docs/get-started.md"), "example"))
                .startsWith(list.substring(0, list.length() - end.length() + 1));
    }

    /** Returns the first block of a page in a language. */
    private static String block(Path page, String language) throws IOException {
        return Files.readString(page).split("```" + language + "\n", 2)[1].split("```", 2)[0];
    }

    private static boolean leads(Path page, String link) {
        String[] parts = link.split("#", 2);
        Path target = parts[0].isEmpty() ? page : page.resolveSibling(parts[0]).normalize();
        try {
            return Files.exists(target)
                    && (parts.length == 1
                            || !target.toString().endsWith(".md")
                            || anchors(target).contains(parts[1]));
        } catch (IOException unreadable) {
            return false;
        }
    }

    /** Returns the anchors that GitHub gives the headings of a page. */
    private static Set<String> anchors(Path page) throws IOException {
        Set<String> anchors = new HashSet<>();
        HEADING.matcher(text(page))
                .results()
                .map(heading -> heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
                .map(heading -> heading.toLowerCase(Locale.ROOT))
                .map(heading -> heading.replaceAll("[^\\p{L}\\p{N}_ -]", "").replace(' ', '-'))
                .forEach(anchors::add);
        return anchors;
    }

    private static String text(Path page) throws IOException {
        return CODE.matcher(Files.readString(page)).replaceAll("");
    }
}
