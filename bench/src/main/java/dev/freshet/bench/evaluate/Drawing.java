package dev.freshet.bench.evaluate;

import java.util.Locale;

/** An SVG on its way; colours and lines come from the page's style sheet, by class. */
final class Drawing {
    private final StringBuilder svg = new StringBuilder();

    /**
     * An empty one.
     *
     * @param title what it shows, for those who cannot see it
     */
    Drawing(int width, int height, String title) {
        svg.append(
                        String.format(
                                Locale.ROOT,
                                "<svg viewBox=\"0 0 %d %d\" role=\"img\" aria-label=\"%s\">",
                                width,
                                height,
                                escape(title)))
                .append('\n');
    }

    void line(String style, double x1, double y1, double x2, double y2) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<line class=\"%s\" x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\"/>%n",
                        style,
                        x1,
                        y1,
                        x2,
                        y2));
    }

    /**
     * A dot that says what it is when pointed at.
     *
     * @param tip the words
     */
    void dot(String style, double x, double y, double radius, String tip) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<circle class=\"%s\" cx=\"%.1f\" cy=\"%.1f\" r=\"%.1f\"><title>%s</title></circle>%n",
                        style,
                        x,
                        y,
                        radius,
                        escape(tip)));
    }

    void path(String style, String points) {
        svg.append(
                String.format(
                        Locale.ROOT, "<polyline class=\"%s\" points=\"%s\"/>%n", style, points));
    }

    void text(String style, double x, double y, String words) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                        style,
                        x,
                        y,
                        escape(words)));
    }

    String done() {
        return svg.append("</svg>\n").toString();
    }

    static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** A figure in a plot's words. */
    static String figure(double figure) {
        return String.format(Locale.ROOT, Math.abs(figure) >= 10 ? "%.1f" : "%.3f", figure);
    }
}
