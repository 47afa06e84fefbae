package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The page of the case study: a text with places for figures, filled.
 *
 * <p>A place is <code>{{/pointer}}</code> or <code>{{/pointer|form}}</code>, where the pointer is a
 * JSON pointer into the figures, or <code>{{table name}}</code>.
 *
 * @param figures of a run
 */
record CaseStudyPage(JsonNode figures) {
    private static final Pattern PLACE =
            Pattern.compile("\\{\\{(?:table ([a-z-]+)|(/[^}|]+)(?:\\|([a-z]+))?)\\}\\}");

    static CaseStudyPage of(JsonNode figures) {
        return new CaseStudyPage(figures);
    }

    /** Returns the whole page, in Markdown. */
    String markdown() {
        return filled(resource("case-study.md"));
    }

    /** Returns what a run prints. */
    String summary() {
        return filled(resource("summary.txt")).stripTrailing();
    }

    /** Writes the page and its plots into a folder of documentation. */
    void write(Path folder) throws IOException {
        Path images = Files.createDirectories(folder.resolve("images"));
        for (Map.Entry<String, String> plot : new CaseStudyPlots(figures).all().entrySet()) {
            Files.writeString(
                    images.resolve("case-study-" + plot.getKey() + ".svg"), plot.getValue());
        }
        Files.writeString(folder.resolve("case-study.md"), markdown());
    }

    private String filled(String text) {
        CaseStudyTables tables = new CaseStudyTables(figures);
        return PLACE.matcher(text)
                .replaceAll(
                        place ->
                                Matcher.quoteReplacement(
                                        place.group(1) != null
                                                ? tables.table(place.group(1))
                                                : figure(place.group(2), place.group(3))));
    }

    private String figure(String pointer, @Nullable String form) {
        JsonNode value = figures.at(pointer);
        if (value.isMissingNode() || value.isNull()) {
            throw new IllegalStateException("The figures have no " + pointer);
        }
        return FigureForm.of(form).text(value);
    }

    private static String resource(String name) {
        try (InputStream in = CaseStudyPage.class.getResourceAsStream(name)) {
            return new String(
                    Objects.requireNonNull(in, name).readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
