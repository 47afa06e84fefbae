package dev.freshet.bench.evaluate;

import dev.freshet.chart.ChartStyle;
import dev.freshet.chart.Drawing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * Frame of a self-contained HTML page in the common style, which follows the system's light or dark
 * mode.
 */
public final class PageFrame {
    private PageFrame() {}

    /**
     * Returns a page.
     *
     * @param title title of the window, after the product's name
     * @param heading heading of the page
     * @param body content as HTML
     * @param foot conditions of the measurement, as text
     */
    public static String of(String title, String heading, String body, String foot) {
        return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <title>Freshet: %s</title>
        <style>
        %s</style>
        </head>
        <body>
        <h1>%s</h1>
        %s<footer>%s</footer>
        </body>
        </html>
        """
                .formatted(
                        Drawing.escape(title),
                        style(),
                        Drawing.escape(heading),
                        body,
                        Drawing.escape(foot));
    }

    /** Returns a section heading from text. */
    public static String heading(String text) {
        return "<h2>" + Drawing.escape(text) + "</h2>\n";
    }

    /** Returns a paragraph from text. */
    public static String paragraph(String text) {
        return "<p>" + Drawing.escape(text) + "</p>\n";
    }

    /** Returns a table from texts. */
    public static String table(List<String> headings, List<List<String>> rows) {
        StringBuilder html = new StringBuilder("<div class=\"scroll\"><table>\n");
        row(html, "th", headings);
        rows.forEach(cells -> row(html, "td", cells));
        return html.append("</table></div>\n").toString();
    }

    private static void row(StringBuilder html, String tag, List<String> cells) {
        html.append("<tr>");
        for (String cell : cells) {
            html.append('<').append(tag).append('>').append(Drawing.escape(cell));
            html.append("</").append(tag).append('>');
        }
        html.append("</tr>\n");
    }

    private static String style() {
        try (InputStream css = PageFrame.class.getResourceAsStream("page.css")) {
            return ChartStyle.css()
                    + new String(
                            Objects.requireNonNull(css, "page.css").readAllBytes(),
                            StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet page.css cannot be read", e);
        }
    }
}
