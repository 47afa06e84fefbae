package dev.freshet.model.signal;

import dev.freshet.model.history.UserAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much lower one item's score would be without each of a reader's acts. */
public final class Attribution {
    /** Of somebody who did nothing, or nothing that matters. */
    public static final Attribution NONE =
            new Attribution(
                    List.of(),
                    new double[0],
                    new double[SignalFamilies.SOURCES][0],
                    new double[SignalFamilies.SOURCES][0]);

    /** What is less, in log odds, is nothing. */
    private static final double LEAST = 1e-4;

    private final List<UserAction> actions;
    private final double[] all;
    private final double[][] bySource;
    private final double[][] support;

    /**
     * One act that moved the item.
     *
     * @param lift what the score would lose without it, in log odds, over 0
     * @param part of what all acts lift, each by itself; over 0 to 1
     */
    public record Moved(UserAction action, double lift, double part) {}

    Attribution(List<UserAction> actions, double[] all, double[][] bySource, double[][] support) {
        this.actions = actions;
        this.all = all;
        this.bySource = bySource;
        this.support = support;
    }

    /** The acts without which the item would lose most, the most first. */
    public List<Moved> most(int limit) {
        return most(all, limit);
    }

    /** The act without which the item would lose most of what this source gives it, if any. */
    public @Nullable Moved most(Source source) {
        List<Moved> one = most(bySource[source.index()], 1);
        return one.isEmpty() ? null : one.getFirst();
    }

    /**
     * The act that does most for what this source gives the item, whether or not it would be
     * missed: of two that do the same neither is, and yet they are the reason.
     */
    public @Nullable UserAction mainstay(Source source) {
        double[] by = support[source.index()];
        int best = -1;
        for (int act = 0; act < by.length; act++) {
            if (by[act] > 0 && (best < 0 || by[act] > by[best])) {
                best = act;
            }
        }
        return best < 0 ? null : actions.get(best);
    }

    private List<Moved> most(double[] lifts, int limit) {
        double sum = 0;
        for (double lift : lifts) {
            sum += Math.max(0, lift);
        }
        List<Moved> moved = new ArrayList<>();
        for (int act = 0; act < lifts.length; act++) {
            if (lifts[act] > LEAST) {
                moved.add(new Moved(actions.get(act), lifts[act], lifts[act] / sum));
            }
        }
        moved.sort(Comparator.comparingDouble(Moved::lift).reversed());
        return List.copyOf(moved.subList(0, Math.min(limit, moved.size())));
    }
}
