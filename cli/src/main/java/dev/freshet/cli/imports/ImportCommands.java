package dev.freshet.cli.imports;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet import}. */
public final class ImportCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new ImportCommand());
    }
}
