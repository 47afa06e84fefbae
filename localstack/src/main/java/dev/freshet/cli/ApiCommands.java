package dev.freshet.cli;

import java.util.List;

/** The commands that call the API. */
public final class ApiCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(
                new RecommendCommand(),
                new SimilarCommand(),
                new TrendingCommand(),
                new ItemsCommand(),
                new UsersCommand());
    }
}
