package dev.freshet.bench.profile;

import java.util.Locale;

/**
 * A flame graph as an SVG image: a box for each method, above the box of its caller, as wide as its
 * share of the whole. Callees stand in the order of their names, so that two graphs of one program
 * can be compared by eye. After Brendan Gregg, "The Flame Graph", 2016.
 */
public final class FlameGraph {
    private static final int WIDTH = 1_200;
    private static final int ROW = 17;
    private static final int TITLE = 30;
    private static final double LETTER = 6.7;

    /** Narrower boxes, a five-hundredth of the image, are left out. */
    private static final double LEAST_WIDTH = WIDTH / 500.0;

    private final StringBuilder boxes = new StringBuilder();
    private final long whole;
    private final int height;

    private FlameGraph(StackTree tree) {
        whole = Math.max(1, tree.weight());
        height = TITLE + ROW * depth(tree);
    }

    /** Returns the image of a tree. */
    public static String svg(StackTree tree, String title) {
        FlameGraph graph = new FlameGraph(tree);
        graph.callees(tree, 0, 1);
        return String.format(
                        Locale.ROOT,
                        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\""
                                + " font-family=\"monospace\" font-size=\"11\">%n"
                                + "<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n"
                                + "<text x=\"6\" y=\"19\" font-size=\"14\">%s</text>%n",
                        WIDTH,
                        graph.height,
                        escape(title))
                + graph.boxes
                + "</svg>\n";
    }

    private double width(StackTree tree) {
        return (double) WIDTH * tree.weight() / whole;
    }

    /** Returns the number of rows of the callees that are drawn. */
    private int depth(StackTree tree) {
        int[] depth = {0};
        tree.callees(
                (name, callee) -> {
                    if (width(callee) >= LEAST_WIDTH) {
                        depth[0] = Math.max(depth[0], 1 + depth(callee));
                    }
                });
        return depth[0];
    }

    private void callees(StackTree tree, double left, int row) {
        double[] x = {left};
        tree.callees(
                (name, callee) -> {
                    if (width(callee) >= LEAST_WIDTH) {
                        box(name, callee, x[0], row);
                        callees(callee, x[0], row + 1);
                    }
                    x[0] += width(callee);
                });
    }

    private void box(String name, StackTree tree, double x, int row) {
        double width = width(tree);
        int y = height - row * ROW;
        boxes.append(
                String.format(
                        Locale.ROOT,
                        "<g><title>%s, %.1f %%</title><rect x=\"%.1f\" y=\"%d\" width=\"%.1f\""
                                + " height=\"%d\" fill=\"%s\"/>",
                        escape(name),
                        100.0 * tree.weight() / whole,
                        x,
                        y,
                        Math.max(0.5, width - 0.5),
                        ROW - 1,
                        colour(name)));
        int letters = (int) ((width - 4) / LETTER);
        if (letters >= 3) {
            String label = name.length() <= letters ? name : name.substring(0, letters - 1) + "…";
            boxes.append(
                    String.format(
                            Locale.ROOT,
                            "<text x=\"%.1f\" y=\"%d\">%s</text>",
                            x + 2,
                            y + 12,
                            escape(label)));
        }
        boxes.append("</g>\n");
    }

    /** Returns a warm colour that depends on the name alone. */
    private static String colour(String name) {
        int green = 120 + Math.floorMod(name.hashCode(), 110);
        return String.format(Locale.ROOT, "#f8%02x%02x", green, green / 2);
    }

    private static String escape(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
