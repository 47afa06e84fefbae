package dev.freshet.bench;

import dev.freshet.bench.evaluate.EvaluateCommand;
import dev.freshet.bench.evaluate.Meeting;
import dev.freshet.bench.evaluate.Opponents;
import dev.freshet.bench.evaluate.Rival;
import dev.freshet.bench.rival.Rivals;
import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Brings {@code freshet bench} and {@code freshet evaluate}. */
public final class BenchCommands implements CommandProvider {

    private static final Opponents RIVALS =
            new Opponents() {
                @Override
                public List<Rival> ofStream(List<Meeting> stream, long seed) {
                    return Rivals.ofStream(stream, seed);
                }

                @Override
                public List<Rival> ofSplit(int items, long seed) {
                    return Rivals.ofSplit(items, seed);
                }
            };

    @Override
    public List<Object> commands() {
        return List.of(new BenchCommand(), new EvaluateCommand(RIVALS));
    }
}
