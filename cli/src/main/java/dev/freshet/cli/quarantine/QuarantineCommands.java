package dev.freshet.cli.quarantine;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provides {@code freshet quarantine}. */
public final class QuarantineCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new QuarantineCommand());
    }
}
