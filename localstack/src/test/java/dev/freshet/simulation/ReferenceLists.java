package dev.freshet.simulation;

import dev.freshet.access.ExposureToken;
import dev.freshet.access.ListArm;
import dev.freshet.event.Event;
import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Value;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Expected lists and outcomes: a second implementation of the rules of attribution over the events
 * in order, which keeps every list and counts at the end.
 */
final class ReferenceLists {
    private static final Duration CLICK_WINDOW = Duration.ofHours(24);
    private static final Duration LAST_TOUCH = Duration.ofDays(7);
    private static final int LISTS = 20;

    /** A list of a user. */
    record Key(String user, Instant issuedAt, String id) {}

    /** What became of a list. */
    static final class Shown {
        final ExposureToken token;
        @Nullable ShardPosition impression;
        List<String> seen = List.of();
        final Map<String, Click> clicks = new LinkedHashMap<>();

        private Shown(ExposureToken token) {
            this.token = token;
        }

        private boolean clickedInTime() {
            return clicks.values().stream().anyMatch(Click::inTime);
        }
    }

    /** A click on an item of a list. */
    record Click(String item, long seconds, ShardPosition position) {
        boolean inTime() {
            return seconds <= CLICK_WINDOW.toSeconds();
        }
    }

    final Map<Key, Shown> lists = new LinkedHashMap<>();

    /** Lists of which conversions and hides are stored, whether they were shown or not. */
    private final Set<Key> marked = new LinkedHashSet<>();

    /** The days of lists without a token. */
    private final Map<Key, Integer> others = new LinkedHashMap<>();

    private final Map<String, ListCredit> lasting = new LinkedHashMap<>();
    private final List<ListCredit> clicksElsewhere = new ArrayList<>();

    private static int day(Instant at) {
        return (int) LocalDate.ofInstant(at, ZoneOffset.UTC).toEpochDay();
    }

    private static int hour(Instant at) {
        return (int) (at.getEpochSecond() / 3_600);
    }

    private static Optional<ExposureToken> token(Event event) {
        return Optional.ofNullable(event.header().list());
    }

    private Shown list(String user, ExposureToken token) {
        return lists.computeIfAbsent(key(user, token), key -> new Shown(token));
    }

    private static Key key(String user, ExposureToken token) {
        return new Key(user, token.issuedAt(), token.recommendationId());
    }

    /**
     * Returns the example of an impression; empty if the list was shown already.
     *
     * @param enrolments are told of a list that was not
     * @param begins whether the list may begin an enrolment
     */
    Optional<Example.Exposure> impression(
            String user,
            Pseudonym name,
            Event.Impression event,
            ShardPosition position,
            ReferenceEnrolments enrolments,
            boolean begins) {
        Instant when = event.header().correctedAt();
        Optional<ExposureToken> token = token(event);
        if (token.isEmpty()) {
            Key key =
                    new Key(user, event.header().occurredAt(), "event:" + event.header().eventId());
            int day = day(event.header().receivedAt());
            return others.putIfAbsent(key, day) != null
                    ? Optional.empty()
                    : Optional.of(
                            new Example.Exposure(
                                    position,
                                    name,
                                    hour(event.header().receivedAt()),
                                    false,
                                    "",
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    List.of(),
                                    enrolments.shown(user, List.of(), List.of(), when, begins),
                                    event.header().context()));
        }
        Shown list = list(user, token.get());
        if (list.impression != null) {
            return Optional.empty();
        }
        list.impression = position;
        list.seen = event.itemIds();
        List<Example.Exposure.Place> places = new ArrayList<>();
        for (int at = 0; at < token.get().items().size(); at++) {
            ExposureToken.Shown item = token.get().items().get(at);
            if (event.itemIds().contains(item.itemId())) {
                places.add(
                        new Example.Exposure.Place(
                                item.itemId(),
                                at,
                                item.sources(),
                                item.drawn() || item.newcomer(),
                                item.newcomer()));
            }
        }
        List<ListCredit> earlier = new ArrayList<>();
        boolean clicked = false;
        for (Click click : list.clicks.values()) {
            earlier.add(credit(token.get(), click, true, click.inTime() && !clicked));
            clicked |= click.inTime();
        }
        List<String> groups =
                List.of(
                        Objects.requireNonNullElse(token.get().segment(), ""),
                        Objects.requireNonNullElse(event.header().context().device(), ""));
        return Optional.of(
                new Example.Exposure(
                        position,
                        name,
                        hour(token.get().issuedAt()),
                        true,
                        token.get().placement(),
                        labels(token.get()),
                        places,
                        List.of(),
                        earlier,
                        enrolments.shown(user, token.get().arms(), groups, when, begins),
                        event.header().context()));
    }

    private static ListCredit credit(
            ExposureToken token, Click click, boolean seen, boolean first) {
        int place = token.itemIds().indexOf(click.item());
        return new ListCredit(
                click.inTime() ? OutcomeKind.CLICK : OutcomeKind.LATE_CLICK,
                new ListCredit.ListPlace(
                        true,
                        token.placement(),
                        labels(token),
                        hour(token.issuedAt()),
                        place,
                        token.items().get(place).sources()),
                seen,
                first,
                0,
                null,
                List.of());
    }

    /** Returns the credit that a row stores; null for a click or what is no outcome. */
    @Nullable ListCredit stored(String user, Event.Interaction event) {
        Optional<ExposureToken> token = token(event);
        OutcomeKind kind =
                switch (event.type()) {
                    case PURCHASE, SUBMIT -> OutcomeKind.CONVERSION;
                    case HIDE, DISLIKE -> token.isPresent() ? OutcomeKind.HIDE : null;
                    default -> null;
                };
        if (kind == null) {
            return null;
        }
        Optional<ExposureToken> list =
                token.isPresent() || kind == OutcomeKind.HIDE ? token : lastTouch(user, event);
        ListCredit credit = ListCredit.unattributed(kind, hour(event.header().receivedAt()));
        if (list.isPresent()) {
            int place = list.get().itemIds().indexOf(event.target().id());
            credit =
                    ListCredit.of(
                            kind,
                            new ListCredit.ListPlace(
                                    true,
                                    list.get().placement(),
                                    labels(list.get()),
                                    hour(list.get().issuedAt()),
                                    place,
                                    list.get().items().get(place).sources()));
        }
        Value value = event.value();
        return value.currency() != null
                ? credit.worth(
                        Math.round(value.number() * ListCredit.AMOUNTS_PER_UNIT), value.currency())
                : credit;
    }

    private Optional<ExposureToken> lastTouch(String user, Event.Interaction event) {
        Instant at = event.header().correctedAt();
        String item = event.target().id();
        List<Key> latest =
                Stream.of(lists.keySet(), others.keySet(), marked)
                        .flatMap(Set::stream)
                        .distinct()
                        .filter(list -> list.user().equals(user))
                        .sorted(
                                Comparator.comparing(Key::issuedAt)
                                        .thenComparing(Key::id)
                                        .reversed())
                        .limit(LISTS)
                        .toList();
        Shown best = null;
        Instant touched = Instant.MIN;
        for (int i = latest.size() - 1; i >= 0; i--) {
            Shown list = lists.get(latest.get(i));
            if (list == null || list.impression == null) {
                continue;
            }
            Instant issued = list.token.issuedAt();
            if (issued.isAfter(at)) {
                continue;
            }
            for (Click click : list.clicks.values()) {
                Instant when = issued.plusSeconds(click.seconds());
                if (click.item().equals(item) && !when.isBefore(touched)) {
                    best = list;
                    touched = when;
                }
            }
        }
        return best == null || touched.isBefore(at.minus(LAST_TOUCH))
                ? Optional.empty()
                : Optional.of(best.token);
    }

    /** Takes note of an event that is counted, and returns what it counts for. */
    @Nullable ListCredit counted(
            String user,
            Event.Interaction event,
            ShardPosition position,
            @Nullable ListCredit stored) {
        if (stored != null) {
            token(event).ifPresent(token -> marked.add(key(user, token)));
            lasting.put(user + "\n" + event.header().eventId(), stored);
            return stored;
        }
        if (event.type() != EventType.CLICK) {
            return null;
        }
        Optional<ExposureToken> token = token(event);
        if (token.isEmpty()) {
            ListCredit elsewhere =
                    ListCredit.unattributed(OutcomeKind.CLICK, hour(event.header().receivedAt()));
            clicksElsewhere.add(elsewhere);
            return elsewhere;
        }
        Shown list = list(user, token.get());
        long seconds =
                Math.max(
                        0,
                        Duration.between(token.get().issuedAt(), event.header().correctedAt())
                                .toSeconds());
        Click click = new Click(event.target().id(), seconds, position);
        boolean first = click.inTime() && !list.clickedInTime();
        list.clicks.put(event.header().occurredAt() + " " + event.header().eventId(), click);
        return credit(token.get(), click, list.impression != null, first);
    }

    /** Takes an event back. */
    void takenBack(String user, String eventId) {
        lasting.remove(user + "\n" + eventId);
    }

    /** Returns the sums of all lists, by day, placement and arm. */
    SortedMap<String, Long> sums() {
        SortedMap<String, Long> sums = new TreeMap<>();
        lists.forEach(
                (key, list) -> {
                    ExposureToken token = list.token;
                    for (String arm : withPlacement(arms(token))) {
                        add(sums, of(day(token.issuedAt()), token.placement(), arm), list);
                    }
                    if (token.segment() != null) {
                        add(sums, ofSegment(day(token.issuedAt()), ":" + token.segment()), list);
                    }
                });
        others.values().forEach(day -> add(sums, day + " unattributed LISTS", 1));
        clicksElsewhere.forEach(click -> add(sums, click.day() + " unattributed CLICKS", 1));
        for (ListCredit credit : lasting.values()) {
            if (!credit.attributed()) {
                add(sums, credit.day() + " unattributed ", credit);
                continue;
            }
            for (String arm : withPlacement(credit.arms())) {
                add(
                        sums,
                        arm.startsWith(":")
                                ? ofSegment(credit.day(), arm)
                                : of(credit.day(), credit.placement(), arm),
                        credit);
            }
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private static void add(SortedMap<String, Long> sums, String of, ListCredit credit) {
        add(sums, of + (credit.kind() == OutcomeKind.HIDE ? "HIDES" : "CONVERSIONS"), 1);
        if (credit.currency() != null) {
            add(sums, of + credit.currency(), credit.amount());
        }
    }

    private static void add(SortedMap<String, Long> sums, String of, Shown list) {
        if (list.impression == null) {
            add(sums, of + "UNSEEN_CLICKS", list.clicks.size());
            return;
        }
        add(sums, of + "LISTS", 1);
        add(sums, of + "PLACES", list.token.itemIds().stream().filter(list.seen::contains).count());
        long inTime = list.clicks.values().stream().filter(Click::inTime).count();
        add(sums, of + "CLICKS", inTime);
        add(sums, of + "LATE_CLICKS", list.clicks.size() - inTime);
        add(sums, of + "LISTS_CLICKED", Math.min(1, inTime));
    }

    private static List<String> arms(ExposureToken token) {
        return token.arms().stream().map(ListArm::label).toList();
    }

    private static List<String> labels(ExposureToken token) {
        List<String> labels = new ArrayList<>(arms(token));
        if (token.segment() != null) {
            labels.add(":" + token.segment());
        }
        return labels;
    }

    /** Returns what a list is summed under: all lists of its placement, and each of its arms. */
    private static List<String> withPlacement(List<String> arms) {
        List<String> all = new ArrayList<>(List.of(""));
        all.addAll(arms);
        return all;
    }

    /** Returns what the lists of a segment are summed under, whatever their placement is. */
    private static String ofSegment(int day, String label) {
        return of(day, "", label);
    }

    static String of(int day, String placement, String arm) {
        return day + " " + placement + "/" + arm + " ";
    }

    private static void add(SortedMap<String, Long> sums, String what, long number) {
        sums.merge(what, number, Long::sum);
    }
}
