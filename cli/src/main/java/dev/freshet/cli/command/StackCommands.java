package dev.freshet.cli.command;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides the commands of this package. */
public final class StackCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(
                new RecommendCommand(),
                new ExplainCommand(),
                new RankCommand(),
                new SimilarCommand(),
                new ListsCommand(),
                new TrendingCommand(),
                new OutcomesCommand(),
                new ItemsCommand(),
                new UsersCommand(),
                new StatusCommand(),
                new ReplayCommand());
    }
}
