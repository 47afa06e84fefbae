package dev.freshet.chart;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** The style sheet of charts, which follows the system's light or dark mode. */
public final class ChartStyle {
    private static final String BACKGROUND =
            "<rect width=\"100%\" height=\"100%\" style=\"fill: var(--paper)\"/>";

    private ChartStyle() {}

    /** Returns the style sheet. */
    public static String css() {
        try (InputStream css = ChartStyle.class.getResourceAsStream("chart.css")) {
            return new String(
                    Objects.requireNonNull(css, "chart.css").readAllBytes(),
                    StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("The style sheet chart.css cannot be read", e);
        }
    }

    /** Returns an SVG element, as a chart gives it, as a file of its own. */
    public static String file(String svg) {
        int end = svg.indexOf('>') + 1;
        return svg.substring(0, end)
                        .replaceFirst("<svg ", "<svg xmlns=\"http://www.w3.org/2000/svg\" ")
                + "\n<style>\n"
                + css()
                + "svg { margin: 0; }\n</style>\n"
                + BACKGROUND
                + svg.substring(end);
    }
}
