package dev.freshet.chart;

import java.util.Locale;

/** Builder of an SVG image; colours and line styles come from the page's style sheet by class. */
public final class Drawing {
    private final StringBuilder svg = new StringBuilder();

    /**
     * Creates an empty image.
     *
     * @param title description for assistive technology
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
     * Adds a dot with a tooltip.
     *
     * @param tip text of the tooltip
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

    void text(String style, double x, double y, String content) {
        svg.append(
                String.format(
                        Locale.ROOT,
                        "<text class=\"%s\" x=\"%.1f\" y=\"%.1f\">%s</text>%n",
                        style,
                        x,
                        y,
                        escape(content)));
    }

    String done() {
        return svg.append("</svg>\n").toString();
    }

    /** Returns a text in which no character means markup. */
    public static String escape(String text) {
        return text.replace("&", "&amp;")
                .replace("<", "&lt;")
                .replace(">", "&gt;")
                .replace("\"", "&quot;");
    }

    /** Returns a figure as text for a plot. */
    static String figure(double figure) {
        double size = Math.abs(figure);
        if (size == 0) {
            return "0";
        }
        return String.format(
                Locale.ROOT, size >= 10 ? "%.1f" : size >= 1 ? "%.2f" : "%.3f", figure);
    }
}
