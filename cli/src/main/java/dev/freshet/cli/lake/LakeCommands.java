package dev.freshet.cli.lake;

import dev.freshet.cli.CommandProvider;
import java.time.InstantSource;
import java.util.List;

/** Provides {@code freshet lake}. */
public final class LakeCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(LakeCommand.line(InstantSource.system()));
    }
}
