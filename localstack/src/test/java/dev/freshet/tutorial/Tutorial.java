package dev.freshet.tutorial;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The steps of a page. A block {@code sh} is run; the block {@code json} or {@code text} that
 * follows it is what it prints, in which {@code …} stands for anything; and a comment {@code <!--
 * holds: … -->} after that has {@link Claim}s about the answer, separated by semicolons.
 *
 * @param steps in the order of the page
 */
record Tutorial(List<Step> steps) {
    private static final Pattern PART =
            Pattern.compile("(?ms)^```(sh|json|text|example)\\n(.*?)^```$|^<!-- holds: (.*?) -->$");

    /**
     * One step.
     *
     * @param commands as the page has them
     * @param answer as the page has it; empty where it says nothing
     * @param example whether the answer is the table of one run, of which another has other items
     * @param claims about the answer
     */
    record Step(String commands, String answer, boolean example, List<Claim> claims) {

        /** Returns whether this step starts the local cloud, which then runs beside the others. */
        boolean startsCloud() {
            return commands.startsWith("./freshet up");
        }

        /** Returns the commands without empty lines, comments and lines that continue others. */
        List<String> lines() {
            return commands.lines()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .filter(line -> !line.startsWith(" "))
                    .toList();
        }
    }

    static Tutorial read(Path page) throws IOException {
        return of(Files.readString(page));
    }

    static Tutorial of(String page) {
        List<Step> steps = new ArrayList<>();
        Matcher part = PART.matcher(page);
        while (part.find()) {
            if (part.group(3) != null) {
                Step last = steps.removeLast();
                steps.add(
                        new Step(last.commands, last.answer, last.example, claims(part.group(3))));
            } else if (part.group(1).equals("sh")) {
                steps.add(new Step(part.group(2), "", false, List.of()));
            } else {
                Step last = steps.removeLast();
                if (!last.answer.isEmpty()) {
                    throw new IllegalArgumentException("two answers of: " + last.commands);
                }
                steps.add(
                        new Step(
                                last.commands,
                                part.group(2),
                                part.group(1).equals("example"),
                                last.claims));
            }
        }
        return new Tutorial(List.copyOf(steps));
    }

    private static List<Claim> claims(String text) {
        return Pattern.compile(";\\s+").splitAsStream(text).map(Claim::parse).toList();
    }
}
