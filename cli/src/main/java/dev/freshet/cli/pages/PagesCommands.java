package dev.freshet.cli.pages;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet site}. */
public final class PagesCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new SiteCommand());
    }
}
