package dev.freshet.cli;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.Column.Overflow;
import picocli.CommandLine.Help.TextTable;

/**
 * The commands of {@code freshet --help} by what a person wants to do, in the order in which a new
 * person comes to them. A command that no group names is listed under {@value #OTHERS}.
 */
final class CommandGroups {
    static final String OTHERS = "Others";

    private static final Map<String, String> NAMES = new LinkedHashMap<>();

    static {
        NAMES.put("Start", "demo up example options localstack worker help");
        NAMES.put("Ask for lists", "recommend explain rank similar lists trending");
        NAMES.put("Data", "items users import rules export restore bulk lake batch");
        NAMES.put(
                "Operate",
                "status dashboard keys accept site quarantine replay recover rollback"
                        + " generate-completion");
        NAMES.put("Measure", "outcomes experiments evaluate cost scale bench");
    }

    private CommandGroups() {}

    /** Returns the list of the commands, a heading and a line for each command of every group. */
    static String list(Help help) {
        Map<String, Help> left = new TreeMap<>(help.subcommands());
        int longest = left.keySet().stream().mapToInt(String::length).max().orElse(0);
        StringBuilder text = new StringBuilder();
        NAMES.forEach((group, names) -> add(text, group, named(names, left), help, longest));
        add(text, OTHERS, List.copyOf(left.values()), help, longest);
        return text.toString();
    }

    private static List<Help> named(String names, Map<String, Help> left) {
        List<Help> commands = new ArrayList<>();
        for (String name : names.split(" ", -1)) {
            Help command = left.remove(name);
            if (command != null) {
                commands.add(command);
            }
        }
        return commands;
    }

    private static void add(
            StringBuilder text, String group, List<Help> commands, Help help, int longest) {
        if (commands.isEmpty()) {
            return;
        }
        int width = help.commandSpec().usageMessage().width();
        TextTable table =
                TextTable.forColumns(
                        help.colorScheme(),
                        new Column(longest + 4, 2, Overflow.SPAN),
                        new Column(width - longest - 4, 1, Overflow.WRAP));
        for (Help command : commands) {
            String[] lines = command.commandSpec().usageMessage().description();
            table.addRowValues(
                    Ansi.AUTO.text(command.commandSpec().name()),
                    Ansi.AUTO.text(lines.length == 0 ? "" : lines[0].replace("%n", " ")));
        }
        text.append(System.lineSeparator())
                .append(group)
                .append(':')
                .append(System.lineSeparator());
        text.append(table);
    }
}
