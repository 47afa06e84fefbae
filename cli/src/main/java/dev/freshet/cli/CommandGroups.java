package dev.freshet.cli;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Help;

/**
 * The commands of {@code freshet --help} by what a person wants to do, in the order in which a new
 * person comes to them. A command that no group names is listed under {@value #OTHERS}.
 */
final class CommandGroups {
    static final String OTHERS = "Others";

    /** A heading, and the names of the commands below it. */
    private record Group(String heading, String names) {}

    private static final List<Group> ALL =
            List.of(
                    new Group("Start", "demo up example options localstack worker help"),
                    new Group("Ask for lists", "recommend explain rank similar lists trending"),
                    new Group("Data", "items users import rules export restore bulk lake batch"),
                    new Group(
                            "Operate",
                            "status dashboard keys accept site quarantine replay recover rollback"
                                    + " read-from generate-completion"),
                    new Group("Measure", "outcomes experiments evaluate cost scale bench"));

    private CommandGroups() {}

    /** Returns the list of the commands, a heading and a line for each command of every group. */
    static String list(Help help) {
        Map<String, Help> left = new LinkedHashMap<>(help.subcommands());
        StringBuilder text = new StringBuilder();
        for (Group group : ALL) {
            Map<String, Help> commands = new LinkedHashMap<>();
            for (String name : group.names().split(" ", -1)) {
                Help command = left.remove(name);
                if (command != null) {
                    commands.put(name, command);
                }
            }
            add(text, group.heading(), help.commandList(commands));
        }
        add(text, OTHERS, help.commandList(left));
        return text.toString();
    }

    private static void add(StringBuilder text, String heading, String commands) {
        if (!commands.isEmpty()) {
            text.append("%n%s:%n%s".formatted(heading, commands));
        }
    }
}
