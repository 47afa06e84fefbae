package dev.freshet.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Chart of one figure along an axis, with a line for each entry and its name at the end of the
 * line.
 *
 * @param title name of the figure
 * @param axis description of the axis
 * @param labels labels of the axis
 * @param lines one line for each entry
 */
public record LineChart(String title, String axis, List<String> labels, List<Line> lines) {
    private static final int WIDTH = 860;
    private static final int HEIGHT = 320;
    private static final int LEFT = 52;
    private static final int RIGHT = 720;
    private static final int TOP = 12;
    private static final int BOTTOM = 270;
    private static final int TICKS = 5;
    private static final double APART = 14;

    /**
     * Line of one entry.
     *
     * @param style CSS class of its colour
     */
    public record Line(String name, String style, List<Double> figures) {
        double last() {
            return figures.getLast();
        }
    }

    /** Returns the chart as an SVG element that uses classes of {@link ChartStyle}. */
    public String svg() {
        Drawing drawing = new Drawing(WIDTH, HEIGHT, title);
        double least =
                lines.stream()
                        .flatMap(line -> line.figures.stream())
                        .min(Double::compare)
                        .orElse(0.0);
        double most =
                lines.stream()
                        .flatMap(line -> line.figures.stream())
                        .max(Double::compare)
                        .orElse(1.0);
        Scale up = Scale.round(Math.min(least, most / 2), most, BOTTOM, TOP, TICKS);
        Scale across = new Scale(0, Math.max(1, labels.size() - 1), LEFT, RIGHT);
        frame(drawing, up, across);
        for (Line line : lines.reversed()) {
            line(drawing, line, up, across);
        }
        names(drawing, up);
        return drawing.done();
    }

    private void frame(Drawing drawing, Scale up, Scale across) {
        for (double tick : up.ticks(TICKS)) {
            drawing.line("grid", LEFT, up.at(tick), RIGHT, up.at(tick));
            drawing.text("tick end", LEFT - 8, up.at(tick) + 4, Drawing.figure(tick));
        }
        int every = Math.max(1, labels.size() / 10);
        for (int at = 0; at < labels.size(); at++) {
            if ((at + 1) % every == 0 || labels.size() <= 10) {
                drawing.text("tick middle", across.at(at), BOTTOM + 18, labels.get(at));
            }
        }
        drawing.text("axis middle", (LEFT + RIGHT) / 2.0, BOTTOM + 40, axis);
    }

    private void line(Drawing drawing, Line line, Scale up, Scale across) {
        List<String> points = new ArrayList<>();
        for (int at = 0; at < line.figures.size(); at++) {
            points.add(
                    String.format(
                            Locale.ROOT, "%.1f,%.1f", across.at(at), up.at(line.figures.get(at))));
        }
        drawing.path("stroke " + line.style, String.join(" ", points));
        for (int at = 0; at < line.figures.size(); at++) {
            drawing.dot(
                    "fill " + line.style,
                    across.at(at),
                    up.at(line.figures.get(at)),
                    3,
                    line.name
                            + ", "
                            + labels.get(at)
                            + ": "
                            + Drawing.figure(line.figures.get(at)));
        }
    }

    /** Draws the names at the ends of the lines, moved apart where they would overlap. */
    private void names(Drawing drawing, Scale up) {
        List<Line> fromTop =
                lines.stream()
                        .sorted(Comparator.comparingDouble(line -> up.at(line.last())))
                        .toList();
        double[] at = new double[fromTop.size()];
        double before = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < at.length; i++) {
            at[i] = Math.max(up.at(fromTop.get(i).last()), before + APART);
            before = at[i];
        }
        double over = at.length == 0 ? 0 : Math.max(0, before - BOTTOM);
        for (int i = at.length - 1; i >= 0 && over > 0; i--) {
            double most = i + 1 < at.length ? at[i + 1] - APART : BOTTOM;
            at[i] = Math.min(at[i], most);
        }
        for (int i = 0; i < at.length; i++) {
            drawing.text(
                    "name ink " + fromTop.get(i).style, RIGHT + 10, at[i] + 4, fromTop.get(i).name);
        }
    }
}
