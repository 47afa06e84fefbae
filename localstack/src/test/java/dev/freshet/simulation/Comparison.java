package dev.freshet.simulation;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.event.ShardPosition;
import dev.freshet.example.Example;
import dev.freshet.example.Pseudonym;
import dev.freshet.features.StoredExposure;
import dev.freshet.features.StoredInteraction;
import dev.freshet.model.Model;
import dev.freshet.model.SnapshotCodec;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Trainer;
import dev.freshet.model.popularity.TrendWindow;
import dev.freshet.model.sums.OutcomeDay;
import dev.freshet.model.sums.OutcomePair;
import dev.freshet.model.sums.OutcomeSums;
import dev.freshet.model.sums.OutcomeSums.OutcomeCount;
import dev.freshet.model.vectors.Segment;
import dev.freshet.profile.UserProfile;
import dev.freshet.testkit.AdditiveParts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Comparison of the simulated stores with the reference, which reports each difference as a
 * sentence:
 *
 * <ul>
 *   <li>tables: every row of Interactions, completely, with its owner; every list of Exposures with
 *       its clicks; shown counts and aliases; every window in Trends with the one of its version
 *   <li>the model log: one lineage without gaps, each expected example in exactly one delta, as
 *       expected
 *   <li>the model: byte for byte the model of its examples in the order in which it learned them;
 *       its sums those of the reference's order, unless users were merged, or interactions
 *       retracted under a closed catalogue, since neither commutes with other events
 *   <li>outcomes: the counts and revenue of every day, placement and arm with a reckoning from the
 *       raw events
 * </ul>
 */
final class Comparison {
    /** Maximum number of sentences reported for one kind of difference. */
    private static final int MAX_REPORTED = 5;

    private final World world;
    private final Reference reference;
    private final List<String> differences = new ArrayList<>();

    private Comparison(World world, Reference reference) {
        this.world = world;
        this.reference = reference;
    }

    static List<String> differences(World world, Set<String> accepted) {
        Comparison comparison =
                new Comparison(
                        world,
                        Reference.of(
                                world.events, world.codec::decode, world.pseudonyms, world.signer));
        comparison.accepted(accepted);
        comparison.rows();
        comparison.lists();
        comparison.users();
        comparison.quarantine();
        comparison.log();
        return comparison.differences;
    }

    /** Compares the events that a receipt called accepted with the stream. */
    private void accepted(Set<String> accepted) {
        Set<String> streamed =
                world.events.all().stream()
                        .map(Stream.Held::data)
                        .map(this::eventId)
                        .collect(Collectors.toSet());
        Set<String> lost = new TreeSet<>(accepted);
        lost.removeAll(streamed);
        report("accepted and not in the stream", lost);
    }

    private String eventId(byte[] data) {
        try {
            return world.codec.decode(data).header().eventId();
        } catch (RuntimeException undecodable) {
            return "";
        }
    }

    private void rows() {
        Map<Reference.Key, StoredInteraction> stored = new HashMap<>();
        world.interactions.scan(
                row ->
                        stored.put(
                                new Reference.Key(row.userId(), row.occurredAt(), row.eventId()),
                                row));
        differ("row", reference.rows, stored);
    }

    private void lists() {
        Map<ReferenceLists.Key, String> expected = new HashMap<>();
        reference.lists.lists.forEach(
                (key, list) -> {
                    List<String> clicks =
                            list.clicks.values().stream()
                                    .map(click -> click.position().toString())
                                    .sorted()
                                    .toList();
                    expected.put(key, list.impression + " " + clicks);
                });
        Map<ReferenceLists.Key, String> found = new HashMap<>();
        for (StoredExposure row : world.exposures.all()) {
            List<String> clicks =
                    row.outcomes().stream()
                            .filter(outcome -> outcome.kind().isClick())
                            .map(outcome -> outcome.owner().toString())
                            .sorted()
                            .toList();
            boolean withToken = !row.listId().startsWith("event:");
            if (withToken && (row.owner() != null || !clicks.isEmpty())) {
                found.put(
                        new ReferenceLists.Key(row.userId(), row.issuedAt(), row.listId()),
                        row.owner() + " " + clicks);
            }
        }
        differ("list", expected, found);
    }

    private static SortedMap<String, Long> outcomes(Model model) {
        SortedMap<String, Long> sums = new TreeMap<>();
        for (OutcomeDay day : model.outcomes().days()) {
            add(sums, day.day() + " unattributed ", day.unattributed());
            day.pairs().forEach((pair, of) -> add(sums, name(day.day(), pair), of));
        }
        sums.values().removeIf(sum -> sum == 0);
        return sums;
    }

    private static String name(int day, OutcomePair pair) {
        return ReferenceLists.of(day, pair.placement(), pair.arm());
    }

    private static void add(SortedMap<String, Long> sums, String name, OutcomeSums of) {
        for (OutcomeCount count : OutcomeCount.values()) {
            if (count != OutcomeCount.EXPLORED) {
                sums.put(name + count, of.get(count));
            }
        }
        of.revenue().forEach((currency, amount) -> sums.put(name + currency, amount));
    }

    private void users() {
        Map<String, Map<String, UserProfile.Shown>> shown = new HashMap<>();
        reference.shown.keySet().forEach(id -> shown.put(id, world.users.get(id).shown()));
        differ("shown to", inOrder(reference.shown), inOrder(shown));
        Map<String, String> aliasOf = new HashMap<>();
        reference.aliasOf.forEach(
                (id, user) -> aliasOf.put(id, String.valueOf(world.users.get(id).aliasOf())));
        differ("alias", reference.aliasOf, aliasOf);
    }

    /**
     * Returns the shown counts without their start, which depends on the order of events, and a
     * record that was retried changes the order.
     */
    private Map<String, Map<String, UserProfile.Shown>> inOrder(
            Map<String, Map<String, UserProfile.Shown>> shown) {
        if (reference.restored.isEmpty()) {
            return shown;
        }
        Map<String, Map<String, UserProfile.Shown>> without = new HashMap<>();
        shown.forEach(
                (id, items) -> {
                    Map<String, UserProfile.Shown> counts = new HashMap<>(items);
                    counts.replaceAll(
                            (item, n) -> new UserProfile.Shown(n.count(), n.last(), n.last()));
                    without.put(id, counts);
                });
        return without;
    }

    /**
     * Compares the quarantine: every undecodable record must be kept with its own bytes, and no
     * other.
     */
    private void quarantine() {
        Set<String> aside =
                world.quarantine.entries().stream()
                        .filter(entry -> entry.position().shard().startsWith("events/"))
                        .map(entry -> entry.position().toString())
                        .collect(Collectors.toSet());
        Set<String> expected =
                reference.unreadable.stream()
                        .map(ShardPosition::toString)
                        .collect(Collectors.toSet());
        if (!aside.equals(expected)) {
            differences.add("quarantine holds " + aside + " and should hold " + expected);
        }
    }

    private void log() {
        ModelLog live = world.log();
        FoldedLog current = FoldedLog.of(live, world.model);
        Set<TrendWindow> closed = new HashSet<>(current.closed());
        world.models.all().stream()
                .filter(log -> log != live)
                .forEach(log -> closed.addAll(FoldedLog.of(log, world.model).closed()));
        differences.addAll(current.faults());
        differ("example", certain(reference.examples), certain(current.learned()));
        bytes(current.model());
        sums(current.model());
        segments(current.model());
        differ("outcome", reference.lists.sums(), outcomes(current.model()));
        trends(closed);
    }

    /** Returns the examples without what they are to enrolments that are uncertain. */
    private Map<ShardPosition, Example> certain(Map<ShardPosition, Example> examples) {
        Map<ShardPosition, Example> certain = new HashMap<>();
        examples.forEach((source, example) -> certain.put(source, certain(example)));
        return certain;
    }

    private static Example.Interaction withoutEnrolments(Example.Interaction done) {
        Example.Standing known = done.standing();
        return done.with(new Example.Standing(known.waitSeconds(), known.cohorts(), List.of()));
    }

    private Example certain(Example example) {
        return switch (example) {
            case Example.Interaction done when reference.uncertain.contains(done.user()) ->
                    withoutEnrolments(done);
            case Example.Retraction(var source, var done)
                    when reference.uncertain.contains(done.user()) ->
                    new Example.Retraction(source, withoutEnrolments(done));
            case Example.Exposure list when reference.uncertain.contains(list.user()) ->
                    new Example.Exposure(
                            list.source(),
                            list.user(),
                            list.hour(),
                            list.attributed(),
                            list.placement(),
                            list.arms(),
                            list.places(),
                            list.shadows(),
                            list.earlier(),
                            List.of(),
                            list.seen());
            case Example.Merge(var source, var from, var into, var crossed) ->
                    new Example.Merge(source, from, into, List.of());
            default -> example;
        };
    }

    private void bytes(Model folded) {
        LogFollower.Result end = LogFollower.newest(world.log(), world.model);
        if (end.trouble() != null) {
            differences.add("the log cannot be followed: " + end.trouble());
        } else if (!Arrays.equals(
                SnapshotCodec.encode(SnapshotCodec.decode(SnapshotCodec.encode(folded))),
                SnapshotCodec.encode(end.versioned().model()))) {
            differences.add("the model is not what its own examples give");
        }
    }

    private void sums(Model model) {
        List<Example> all = new ArrayList<>(reference.examples.values());
        if (all.stream().anyMatch(this::dependsOnTheOrder)) {
            return;
        }
        world.catalog.scan(item -> all.add(world.exampleFor(item)));
        SortedMap<String, String> expected =
                AdditiveParts.of(Trainer.train(Model.empty(world.model), all).model());
        SortedMap<String, String> found = AdditiveParts.of(model);
        differ("sum", expected, found);
        found.forEach(
                (what, sum) -> {
                    if (what.contains(" over ") && sum.substring(sum.indexOf(':')).contains("-")) {
                        differences.add("a decayed count is negative: " + what + " " + sum);
                    }
                });
    }

    /**
     * Compares the segments with the people of whom enough is known: none counts twice, and no tag
     * is of more people than its segment.
     */
    private void segments(Model model) {
        Map<Pseudonym, Set<String>> items = new HashMap<>();
        for (Example example : reference.examples.values()) {
            if (example instanceof Example.Interaction done && done.target().isItem()) {
                items.computeIfAbsent(done.user(), user -> new HashSet<>()).add(done.target().id());
            }
        }
        long known = items.values().stream().filter(of -> of.size() >= 3).count();
        int people = model.segments().people();
        if (people > known) {
            differences.add("segments are of " + people + " people, of " + known + " known");
        }
        for (Segment segment : model.segments().disclosed()) {
            int most = segment.people();
            if (most > people
                    || segment.tags().stream()
                            .anyMatch(
                                    t -> t.people() > most || t.people() < Segment.LEAST_PEOPLE)) {
                differences.add("segment " + segment.id() + " tells people who are not in it");
            }
        }
    }

    /**
     * Returns whether sums depend on where an example came. Under a closed catalogue that holds for
     * retractions too: of an interaction that waits nothing is left, whereas one that was learned
     * has kept later ones of its day from counting.
     */
    private boolean dependsOnTheOrder(Example example) {
        return example instanceof Example.Merge
                || (example instanceof Example.Retraction
                        && world.model.catalogue() == CatalogueMode.CLOSED);
    }

    /**
     * Compares Trends: each row must equal the window of the version that it names, of whichever
     * model.
     */
    private void trends(Set<TrendWindow> closed) {
        Instant far = Instant.parse("2100-01-01T00:00:00Z");
        for (TrendWindow one : closed) {
            for (TrendWindow row :
                    world.trends.between(one.scope(), one.length(), one.start(), far)) {
                if (!closed.contains(row)) {
                    differences.add("trends hold what no version closed: " + row);
                    return;
                }
            }
        }
    }

    private <K, V> void differ(String what, Map<K, V> expected, Map<K, V> found) {
        List<String> missing = new ArrayList<>();
        expected.forEach(
                (key, value) -> {
                    V actual = found.get(key);
                    if (!value.equals(actual)) {
                        missing.add(key + " is " + actual + " and should be " + value);
                    }
                });
        found.forEach(
                (key, value) -> {
                    if (!expected.containsKey(key)) {
                        missing.add(key + " should not be: " + value);
                    }
                });
        report(what, missing);
    }

    private void report(String what, java.util.Collection<String> sentences) {
        sentences.stream().limit(MAX_REPORTED).forEach(s -> differences.add(what + " " + s));
        if (sentences.size() > MAX_REPORTED) {
            differences.add("… and " + (sentences.size() - MAX_REPORTED) + " more of " + what);
        }
    }
}
