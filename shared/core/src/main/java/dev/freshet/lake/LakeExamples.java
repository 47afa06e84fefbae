package dev.freshet.lake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.event.Context;
import dev.freshet.event.Context.Text;
import dev.freshet.event.EventHeader.EventTimes;
import dev.freshet.event.EventType;
import dev.freshet.event.EventTypes;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.Target;
import dev.freshet.example.Example;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.AttributionRules;
import dev.freshet.features.ExampleFactory;
import dev.freshet.features.ListCredits;
import dev.freshet.features.ShownList;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.features.StoredInteraction;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Creates examples from rows of the lake: those that the write flow created from the same events,
 * as far as rows and profiles say. What they do not say is listed in docs/lake.md.
 *
 * <p>Used by one thread, which gives it the rows in order: clicks that came before a list precede
 * the row of the list.
 */
public final class LakeExamples {
    private static final JsonMapper JSON = new JsonMapper();

    /** Users of rows are pseudonyms already. */
    private final ExampleFactory factory;

    private final EventTypes types;
    private final AttributionRules attribution;
    private final int waitSeconds;
    private final LakePeople people;
    private final List<EarlierClick> clicks = new ArrayList<>();
    private long leftOut;
    private long unknown;

    /**
     * A click that came before the list that it names.
     *
     * @param sources of the item, which the list may not have shown at its place
     */
    private record EarlierClick(ExposureOutcome outcome, int sources) {}

    /**
     * Creates examples for a stack.
     *
     * @param factory of the stack
     * @param waitSeconds how long users without an account have to be known before they count
     */
    public LakeExamples(
            ExampleFactory factory,
            EventTypes types,
            AttributionRules attribution,
            int waitSeconds,
            LakePeople people) {
        this.factory = new ExampleFactory(LakeExamples::pseudonym, id -> 0, factory.rules());
        this.types = types;
        this.attribution = attribution;
        this.waitSeconds = waitSeconds;
        this.people = people;
    }

    /** Returns how long after its issue a list is clicked in time. */
    Duration clickWindow() {
        return attribution.clickWindow();
    }

    /** Returns how many rows were left out of people who were erased or refuse personalisation. */
    public long leftOut() {
        return leftOut;
    }

    /** Returns how many rows have a type of event that the stack does not know any more. */
    public long unknown() {
        return unknown;
    }

    /** Prepares for the rows of another query. */
    void begin() {
        clicks.clear();
    }

    /** Returns the example of a row of {@link HistorySql#rows}; empty if it makes none. */
    Optional<Example> of(List<@Nullable String> values) {
        Row row = new Row(values);
        if (row.text("kind").equals("click")) {
            clicks.add(click(row));
            return Optional.empty();
        }
        List<EarlierClick> earlier = List.copyOf(clicks);
        clicks.clear();
        if (isLeftOut(row, row.user())
                || (row.has("merged_into") && isLeftOut(row, pseudonym(row.text("merged_into"))))) {
            leftOut++;
            return Optional.empty();
        }
        return switch (row.text("kind")) {
            case "interaction" -> type(row).map(type -> interaction(row, type));
            case "retraction" -> type(row).map(type -> retraction(row, type));
            case "exposure" -> Optional.of(exposure(row, earlier));
            case "merge" -> Optional.of(merge(row));
            default -> throw new IllegalStateException("a row of kind " + row.text("kind"));
        };
    }

    private boolean isLeftOut(Row row, Pseudonym user) {
        return people.leavesOut(user, row.time("received"), row.position());
    }

    private Optional<EventType> type(Row row) {
        Optional<EventType> type = types.ofName(row.text("type"));
        unknown += type.isEmpty() ? 1 : 0;
        return type;
    }

    private Example interaction(Row row, EventType type) {
        StoredInteraction stored = stored(row, type);
        return factory.interaction(stored, standing(row, stored, people.cohorts(row.user())))
                .inList(row.texts("listed"))
                .credited(credit(row, type, stored));
    }

    private Example retraction(Row row, EventType type) {
        StoredInteraction retracted = stored(row, type);
        ListCredit credit = credit(row, type, retracted);
        return new Example.Retraction(
                row.position(),
                factory.interaction(retracted, standing(row, retracted, List.of()))
                        .credited(credit == null || credit.kind().isClick() ? null : credit));
    }

    private Example.Standing standing(Row row, StoredInteraction act, List<Integer> cohorts) {
        return new Example.Standing(
                row.isTrue("anonymous") ? waitSeconds : 0, cohorts, enrolled(row, act));
    }

    private List<Enrolled> enrolled(Row row, StoredInteraction act) {
        return people.allowsAnalytics(row.user())
                ? people.enrolments(row.user()).of(act.owner(), List.of(), act.correctedAt())
                : List.of();
    }

    private StoredInteraction stored(Row row, EventType type) {
        Target.Kind kind = Target.Kind.ofWireName(row.text("target_kind")).orElseThrow();
        return new StoredInteraction(
                row.text("pseudonym"),
                row.text("event_id"),
                new EventTimes(
                        row.time("corrected_at"),
                        row.time("corrected_at"),
                        row.time("own_received")),
                new StoredInteraction.Act(
                        type,
                        new Target(kind, row.find("target_id").orElse("")),
                        Double.parseDouble(row.text("strength")),
                        switch (type.valueKind()) {
                            case STARS, SECONDS, PERCENT -> Double.parseDouble(row.text("amount"));
                            case NONE, MONEY, NUMBER -> 0;
                        },
                        null),
                null,
                context(row),
                new ShardPosition(row.text("own_shard"), new BigInteger(row.text("own_sequence"))),
                null,
                Map.of());
    }

    private static Context context(Row row) {
        return Context.of(
                text -> Text.LEARNED.contains(text) ? row.find(text.wireName()).orElse(null) : null,
                row.find(Column.LOCAL_HOUR.name()).map(Integer::valueOf).orElse(null));
    }

    /**
     * Returns the outcome that an interaction is for a list; null for a conversion without a token,
     * whose list only the rows of the stack know.
     */
    private @Nullable ListCredit credit(Row row, EventType type, StoredInteraction act) {
        if (!people.allowsAnalytics(row.user())) {
            return null;
        }
        Optional<Instant> issued = row.find("issued_at").map(Row::instant);
        OutcomeKind kind =
                attribution.kind(type, issued.map(at -> since(at, act.correctedAt())).orElse(null));
        if (kind == null) {
            return null;
        }
        if (issued.isEmpty()) {
            return kind == OutcomeKind.CONVERSION
                    ? null
                    : ListCredit.unattributed(kind, ListCredits.hour(act.receivedAt()));
        }
        ListCredit credit =
                ListCredit.of(
                        kind,
                        new ListCredit.ListPlace(
                                true,
                                row.find("placement").orElse(""),
                                ShownList.labels(arms(row), row.find("segment").orElse(null)),
                                ListCredits.hour(issued.get()),
                                row.number("place", -1),
                                row.number("sources", 0)));
        if (kind == OutcomeKind.CONVERSION && row.has("currency")) {
            return credit.worth(
                    ListCredits.amount(Double.parseDouble(row.text("amount"))),
                    row.text("currency"));
        }
        return kind.isClick()
                ? credit.clicked(
                        row.isTrue("seen"),
                        kind == OutcomeKind.CLICK && !row.isTrue("clicked_before"),
                        List.of())
                : credit;
    }

    private static Duration since(Instant issued, Instant at) {
        Duration since = Duration.between(issued, at);
        return since.isNegative() ? Duration.ZERO : since;
    }

    private EarlierClick click(Row row) {
        Duration since = since(row.time("issued_at"), row.time("corrected_at"));
        return new EarlierClick(
                new ExposureOutcome(
                        row.text("own_sequence"),
                        Objects.requireNonNull(attribution.kind(EventType.CLICK, since)),
                        row.number("place", -1),
                        since.toSeconds(),
                        new ShardPosition(
                                row.text("own_shard"), new BigInteger(row.text("own_sequence")))),
                row.number("sources", 0));
    }

    private Example exposure(Row row, List<EarlierClick> earlier) {
        List<ShownList.Place> places = places(row);
        for (EarlierClick click : earlier) {
            int at = click.outcome().position();
            if (at >= places.size()) {
                fill(places, at);
                places.add(new ShownList.Place("", 1, click.sources(), false));
            } else if (at >= 0 && !places.get(at).seen()) {
                places.set(at, new ShownList.Place("", 1, click.sources(), false));
            }
        }
        StoredExposure stored =
                new StoredExposure(
                        row.text("pseudonym"),
                        row.time("issued_at"),
                        row.text("recommendation_id"),
                        new ShownList(
                                row.find("placement").orElse(""),
                                arms(row),
                                List.of(),
                                row.find("segment").orElse(null),
                                Long.parseLong(row.text("sources")),
                                places),
                        row.position(),
                        row.position(),
                        row.time("received"),
                        earlier.stream().map(EarlierClick::outcome).toList());
        return factory.exposure(
                        stored,
                        people.allowsAnalytics(row.user())
                                ? people.enrolments(row.user())
                                        .of(row.position(), List.of(), row.time("corrected_at"))
                                : List.of())
                .seen(context(row));
    }

    private Example merge(Row row) {
        Pseudonym into = pseudonym(row.text("merged_into"));
        List<Enrolled> crossed = new ArrayList<>();
        if (people.allowsAnalytics(row.user()) && people.allowsAnalytics(into)) {
            Instant at = row.time("corrected_at");
            crossed.addAll(people.enrolments(into).crossedByForeign(row.position(), null, at));
            crossed.addAll(people.enrolments(row.user()).crossedByOwn(row.position(), null, at));
        }
        return new Example.Merge(row.position(), row.user(), into, crossed);
    }

    private static List<ListArm> arms(Row row) {
        return row.find("arm").filter(arms -> !arms.isEmpty()).stream()
                .flatMap(arms -> Arrays.stream(arms.split(",")))
                .map(label -> label.split(":", 2))
                .map(parts -> new ListArm(parts[0], "", parts[1]))
                .toList();
    }

    /** Returns the places of a list up to the last that was seen. */
    private static List<ShownList.Place> places(Row row) {
        List<ShownList.Place> places = new ArrayList<>();
        for (JsonNode place : row.json("places")) {
            fill(places, member(place, "position", 1).asInt());
            places.add(
                    new ShownList.Place(
                            member(place, "item_id", 0).asText(),
                            (float) member(place, "propensity", 2).asDouble(),
                            member(place, "sources", 3).asInt(),
                            true,
                            member(place, "drawn", 4).asBoolean(),
                            member(place, "newcomer", 5).asBoolean(),
                            List.of()));
        }
        return places;
    }

    /** Adds places that were not shown. */
    private static void fill(List<ShownList.Place> places, int size) {
        while (places.size() < size) {
            places.add(new ShownList.Place("", 1, 0, false));
        }
    }

    /** Returns a field of a row, which JSON has as an object or, in old engines, as an array. */
    private static JsonNode member(JsonNode row, String name, int at) {
        return row.isArray() ? row.path(at) : row.path(name);
    }

    static Pseudonym pseudonym(String text) {
        return new Pseudonym(HexFormat.fromHexDigitsToLong(text));
    }

    /** A row of {@link HistorySql#rows}. */
    private record Row(List<@Nullable String> values) {
        private static final Map<String, Integer> INDEX =
                IntStream.range(0, HistorySql.COLUMNS.size())
                        .boxed()
                        .collect(
                                Collectors.toUnmodifiableMap(
                                        HistorySql.COLUMNS::get, Function.identity()));

        Optional<String> find(String column) {
            return Optional.ofNullable(values.get(Objects.requireNonNull(INDEX.get(column))));
        }

        boolean has(String column) {
            return find(column).isPresent();
        }

        String text(String column) {
            return find(column).orElseThrow(() -> new IllegalStateException("no " + column));
        }

        boolean isTrue(String column) {
            return find(column).map(Boolean::parseBoolean).orElse(false);
        }

        int number(String column, int otherwise) {
            return find(column).map(Integer::parseInt).orElse(otherwise);
        }

        Instant time(String column) {
            return instant(text(column));
        }

        static Instant instant(String text) {
            return LocalDateTime.parse(text.replace(' ', 'T')).toInstant(ZoneOffset.UTC);
        }

        Pseudonym user() {
            return pseudonym(text("pseudonym"));
        }

        ShardPosition position() {
            return new ShardPosition(text("shard"), new BigInteger(text("sequence")));
        }

        JsonNode json(String column) {
            try {
                return JSON.readTree(find(column).orElse("[]"));
            } catch (JsonProcessingException broken) {
                throw new IllegalStateException(broken);
            }
        }

        List<String> texts(String column) {
            return json(column).valueStream().map(JsonNode::asText).toList();
        }
    }
}
