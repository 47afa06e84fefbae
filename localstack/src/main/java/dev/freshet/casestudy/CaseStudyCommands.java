package dev.freshet.casestudy;

import dev.freshet.cli.CommandProvider;
import java.util.List;

/** Provider of the command {@code freshet case-study}. */
public final class CaseStudyCommands implements CommandProvider {

    @Override
    public List<Object> commands() {
        return List.of(new CaseStudyCommand());
    }
}
