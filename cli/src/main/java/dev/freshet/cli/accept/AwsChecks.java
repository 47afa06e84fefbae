package dev.freshet.cli.accept;

import static dev.freshet.cli.accept.StackCheck.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.accept.Trial.Kind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** Checks of what a stack is made of, and of what it does with faults. */
final class AwsChecks {
    /** Functions that a new account may run at once; fewer do not carry a stack. */
    private static final int LEAST_CONCURRENCY = 10;

    private static final int WEEK = 168;

    /** How many times longer than other changes an alarm takes. */
    private static final int ALARM_PERIODS = 3;

    private static final String DEPLOY = "deploy.md#1-deploy";
    private static final String USERS = "deploy.md#a-stack-for-users";
    private static final String ALARMS = "operate.md#alarms";
    private static final String QUARANTINE = "operate.md#quarantine";
    private static final String BEHIND = "FeaturesBehindAlarm";

    private AwsChecks() {}

    static List<StackCheck> ofStack() {
        return List.of(
                check("stack.concurrency", "deploy.md#prerequisites", AwsChecks::concurrency)
                        .onAws(),
                all("stack.mappings", ALARMS, Stack.OnAws::mappings, Stack.Mapping::isWell)
                        .withResource("AWS::Lambda::EventSourceMapping"),
                all("stack.snapstart", DEPLOY, Stack.OnAws::snapStart, on -> on),
                all("stack.retention", ALARMS, Stack.OnAws::retention, hours -> hours >= 24),
                all("stack.backups", USERS, Stack.OnAws::recovery, on -> on)
                        .where("only prod has them", AwsChecks::isProd),
                all("stack.subscription", USERS, Stack.OnAws::subscriptions, on -> on)
                        .where("no alarmEmail", AwsChecks::isSubscribed),
                all("stack.alarms", ALARMS, AwsChecks::alarms, state -> !state.equals("ALARM")));
    }

    static List<StackCheck> ofFaults() {
        return List.of(
                check("faults.quarantine", QUARANTINE, AwsChecks::undecodable),
                check("faults.alarm", ALARMS, AwsChecks::alarm).onAws(),
                check("faults.drop", QUARANTINE, AwsChecks::drop),
                check("faults.retention", ALARMS, AwsChecks::retention).withFunction("Retain"));
    }

    /** Leaves out the alarm that a new lake sounds until its first night: lake.night tries more. */
    private static Map<String, String> alarms(Stack.OnAws stack) {
        Map<String, String> alarms = new TreeMap<>(stack.alarms());
        alarms.remove("LakeNightMissingAlarm");
        return alarms;
    }

    private static boolean isProd(Stack stack) {
        return stack.output("Stage").filter("prod"::equals).isPresent();
    }

    private static boolean isSubscribed(Stack stack) {
        return isProd(stack) || !stack.resources("AWS::SNS::Subscription").isEmpty();
    }

    /** Returns a check that fails where one of several is not as it should be, and names it. */
    private static <T> StackCheck all(
            String id, String page, Function<Stack.OnAws, Map<String, T>> ask, Predicate<T> right) {
        StackCheck.Body body =
                trial -> {
                    Map<String, T> all = ask.apply(trial.aws());
                    Map<String, T> wrong = new TreeMap<>(all);
                    wrong.values().removeIf(right);
                    CommandException.require(wrong.isEmpty(), "%s", wrong);
                    return all.toString();
                };
        return check(id, page, body).onAws();
    }

    private static String concurrency(Trial trial) {
        int most = trial.aws().concurrency();
        String sentence = "%,d functions at once".formatted(most);
        CommandException.require(most >= LEAST_CONCURRENCY, "the account may run %s", sentence);
        return sentence;
    }

    /** Returns the position of a record of this run that is in quarantine. */
    private static String undecodable(Trial trial) throws InterruptedException {
        if (trial.made(Kind.RECORD).isEmpty()) {
            trial.made(Kind.RECORD).add(trial.stack.putUndecodable(trial.run));
        }
        String position = trial.made(Kind.RECORD).iterator().next();
        trial.await("the record in quarantine", () -> open(trial, position), open -> open == 1);
        return position;
    }

    private static int open(Trial trial, String position) {
        return trial.commands.run("quarantine", "list", position).path("open").asInt();
    }

    private static String alarm(Trial trial) throws InterruptedException {
        undecodable(trial);
        return trial.await(
                "the alarm QuarantineFilling",
                trial.patience.multipliedBy(ALARM_PERIODS),
                () -> trial.aws().alarms().getOrDefault("QuarantineFillingAlarm", "absent"),
                "ALARM"::equals);
    }

    private static String drop(Trial trial) throws InterruptedException {
        String position = undecodable(trial);
        JsonNode dropped = trial.commands.run("quarantine", "drop", position, "--yes");
        Trial.require(dropped.path("dropped").asInt() == 1, dropped);
        trial.made(Kind.RECORD).remove(position);
        CommandException.require(open(trial, position) == 0, "%s is still open", position);
        return "";
    }

    /**
     * Says that records wait, and looks whether they are kept for a week. Then makes the streams
     * keep them as long as before: the function itself would do so after a calm day.
     */
    private static String retention(Trial trial) throws InterruptedException {
        Stack.OnAws stack = trial.aws();
        Map<String, Integer> before = stack.retention();
        try {
            stack.setAlarm(BEHIND, true);
            trial.await(
                    "a week of retention",
                    trial.patience.multipliedBy(ALARM_PERIODS),
                    stack::retention,
                    hours -> hours.values().stream().allMatch(each -> each == WEEK));
        } finally {
            stack.setAlarm(BEHIND, false);
            Map<String, Integer> now = stack.retention();
            before.forEach(
                    (stream, hours) -> {
                        if (now.getOrDefault(stream, hours) > hours) {
                            stack.shorten(stream, hours);
                        }
                    });
        }
        trial.await(
                "the retention of before",
                trial.patience.multipliedBy(ALARM_PERIODS),
                stack::retention,
                before::equals);
        return "168 h, then " + before;
    }
}
