package dev.freshet.cli.site;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet export} and {@code freshet restore}. */
public final class SiteCommands implements CommandProvider {
    @Override
    public List<Object> commands() {
        return List.of(new ExportSiteCommand(), new RestoreSiteCommand());
    }
}
