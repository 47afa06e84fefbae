package dev.freshet.chart;

import java.util.List;

/**
 * Chart of one figure for every entry as a dot on its interval, best first.
 *
 * @param title name of the figure
 * @param dots from top to bottom
 */
public record DotChart(String title, List<Dot> dots) {
    private static final int WIDTH = 860;
    private static final int LEFT = 190;
    private static final int RIGHT = 780;
    private static final int TOP = 8;
    private static final int ROW = 24;
    private static final int TICKS = 6;

    /**
     * Dot of one entry.
     *
     * @param style CSS class of its colour
     * @param low lower end of its interval
     * @param high upper end of its interval
     */
    public record Dot(String name, String style, double figure, double low, double high) {}

    /** Returns the chart as an SVG element that uses classes of {@link ChartStyle}. */
    public String svg() {
        int bottom = TOP + ROW * dots.size();
        Drawing drawing = new Drawing(WIDTH, bottom + 34, title);
        double least = dots.stream().mapToDouble(dot -> dot.low).min().orElse(0);
        double most = dots.stream().mapToDouble(dot -> dot.high).max().orElse(1);
        Scale across = Scale.round(Math.min(least, most / 2), most, LEFT, RIGHT, TICKS);
        for (double tick : across.ticks(TICKS)) {
            drawing.line("grid", across.at(tick), TOP, across.at(tick), bottom);
            drawing.text("tick middle", across.at(tick), bottom + 18, Drawing.figure(tick));
        }
        for (int row = 0; row < dots.size(); row++) {
            Dot dot = dots.get(row);
            double y = TOP + ROW * (row + 0.5);
            drawing.text("name end ink " + dot.style, LEFT - 14, y + 4, dot.name);
            drawing.line("whisker " + dot.style, across.at(dot.low), y, across.at(dot.high), y);
            drawing.dot(
                    "fill " + dot.style,
                    across.at(dot.figure),
                    y,
                    4.5,
                    "%s: %s (%s to %s)"
                            .formatted(
                                    dot.name,
                                    Drawing.figure(dot.figure),
                                    Drawing.figure(dot.low),
                                    Drawing.figure(dot.high)));
            drawing.text("tick", across.at(dot.high) + 8, y + 4, Drawing.figure(dot.figure));
        }
        return drawing.done();
    }
}
