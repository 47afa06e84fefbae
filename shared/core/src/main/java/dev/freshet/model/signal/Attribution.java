package dev.freshet.model.signal;

import dev.freshet.model.history.UserAction;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How much lower one item's score would be without each of the user's actions. */
public final class Attribution {
    /** The attribution for a user without actions that matter. */
    public static final Attribution NONE =
            new Attribution(
                    List.of(),
                    new double[0],
                    new double[SignalFamilies.SOURCES][0],
                    new double[SignalFamilies.SOURCES][0]);

    /** Losses below this, in log odds, are not reported. */
    private static final double LEAST = 1e-4;

    private final List<UserAction> actions;
    private final double[] all;
    private final double[][] bySource;
    private final double[][] support;

    /**
     * One action and its effect on the item.
     *
     * @param lift loss of score without it, in log odds, greater than 0
     * @param part its share in the sum of the lifts of all actions, greater than 0, at most 1
     */
    public record Moved(UserAction action, double lift, double part) {}

    Attribution(List<UserAction> actions, double[] all, double[][] bySource, double[][] support) {
        this.actions = actions;
        this.all = all;
        this.bySource = bySource;
        this.support = support;
    }

    /** Returns the actions without which the item would lose most, largest first. */
    public List<Moved> most(int limit) {
        return most(all, limit);
    }

    /**
     * Returns the action without which the item would lose most of what a source gives it, or null.
     */
    public @Nullable Moved most(Source source) {
        List<Moved> one = most(bySource[source.index()], 1);
        return one.isEmpty() ? null : one.getFirst();
    }

    /**
     * Returns the action that contributes most to what a source gives the item, whether or not its
     * removal alone would change the score: of two equal actions neither would, and yet they are
     * the reason.
     */
    public @Nullable UserAction mainstay(Source source) {
        double[] by = support[source.index()];
        int best = -1;
        for (int action = 0; action < by.length; action++) {
            if (by[action] > 0 && (best < 0 || by[action] > by[best])) {
                best = action;
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
        for (int action = 0; action < lifts.length; action++) {
            if (lifts[action] > LEAST) {
                moved.add(new Moved(actions.get(action), lifts[action], lifts[action] / sum));
            }
        }
        moved.sort(Comparator.comparingDouble(Moved::lift).reversed());
        return List.copyOf(moved.subList(0, Math.min(limit, moved.size())));
    }
}
