package dev.freshet.casestudy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.temporal.TemporalAdjusters;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What the log holds, counted without the product. */
final class DataFigures {
    private DataFigures() {}

    static ObjectNode of(DeskdropLog log) {
        ObjectNode figures = JsonNodeFactory.instance.objectNode();
        figures.put("events", log.history().size() + log.replay().size())
                .put("items", log.firstSeen().size())
                .put("users", distinct(all(log), LoggedAction::user))
                .put("sessions", distinct(all(log), LoggedAction::session))
                .put("first", CaseStudy.day(log.history().getFirst().time()).toString())
                .put("begin", CaseStudy.day(log.begin()).toString())
                .put("end", CaseStudy.day(log.end()).toString())
                .put("historyEvents", log.history().size())
                .put("replayEvents", log.replay().size())
                .put("replayUsers", distinct(log.replay().stream(), LoggedAction::user))
                .put("replaySessions", distinct(log.replay().stream(), LoggedAction::session))
                .put("replayDays", CaseStudy.days(log).size());
        Set<String> known = new HashSet<>();
        log.history().forEach(action -> known.add(action.user()));
        figures.put(
                "newUsers",
                distinct(
                        log.replay().stream().filter(action -> !known.contains(action.user())),
                        LoggedAction::user));
        Set<String> old = new HashSet<>();
        log.history().forEach(action -> old.add(action.item()));
        figures.put(
                        "newItems",
                        distinct(
                                log.replay().stream()
                                        .filter(action -> !old.contains(action.item())),
                                LoggedAction::item))
                .put(
                        "eventsOnNew",
                        log.replay().stream()
                                .filter(action -> !old.contains(action.item()))
                                .count());
        weeks(log, figures.putArray("weeks"));
        return figures;
    }

    private static Stream<LoggedAction> all(DeskdropLog log) {
        return Stream.concat(log.history().stream(), log.replay().stream());
    }

    private static long distinct(
            Stream<LoggedAction> actions, Function<LoggedAction, String> value) {
        return actions.map(value).distinct().count();
    }

    private static void weeks(DeskdropLog log, ArrayNode into) {
        Map<LocalDate, Long> weeks =
                all(log).collect(
                                Collectors.groupingBy(
                                        action ->
                                                CaseStudy.day(action.time())
                                                        .with(
                                                                TemporalAdjusters.previousOrSame(
                                                                        DayOfWeek.MONDAY)),
                                        TreeMap::new,
                                        Collectors.counting()));
        weeks.forEach(
                (week, events) ->
                        into.addObject().put("week", week.toString()).put("events", events));
    }

    /** Returns the users of the replay, the one with the most actions first. */
    static List<String> mostActive(DeskdropLog log) {
        return ranked(log, LoggedAction::user);
    }

    /** Returns the article with the most replayed actions. */
    static String busiestItem(DeskdropLog log) {
        return ranked(log, LoggedAction::item).getFirst();
    }

    private static List<String> ranked(DeskdropLog log, Function<LoggedAction, String> value) {
        return log.replay().stream()
                .collect(Collectors.groupingBy(value, TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .sorted(Map.Entry.<String, Long>comparingByValue(Comparator.reverseOrder()))
                .map(Map.Entry::getKey)
                .toList();
    }
}
