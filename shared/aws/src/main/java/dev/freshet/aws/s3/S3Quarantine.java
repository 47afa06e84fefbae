package dev.freshet.aws.s3;

import dev.freshet.aws.AwsCalls;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Quarantine;
import dev.freshet.features.Quarantine.QuarantineReasons;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import java.util.function.Predicate;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.ListObjectsV2Response;
import software.amazon.awssdk.services.s3.model.S3Object;

/**
 * The quarantine as objects of an S3 bucket.
 *
 * <p>{@code quarantine/{stream}/{shard}/{sequence}.json} is an open entry, with its payload in base
 * 64; {@code settled/{stream}/{shard}/{sequence}.json} is the note that remains of a settled one.
 * Objects under {@code aws/lambda/} are invocation records that an event source mapping gave up;
 * each record in one is an entry. {@code reasons/{code}/{stream}/{shard}/{sequence}} is an empty
 * object beside each open entry, whose name tells the reason without reading the entry. A note
 * takes precedence over an open entry or invocation record of the same position, so that the
 * functions, which only put entries, need no permission to read; {@link #tidy} removes objects that
 * a note has superseded.
 */
public final class S3Quarantine implements Quarantine, QuarantineReasons {
    private static final String OPEN = "quarantine/";
    private static final String SETTLED = "settled/";
    private static final String INVOCATIONS = "aws/lambda/";
    private static final String REASONS = "reasons/";
    private static final byte[] EMPTY = {};
    private static final String SUFFIX = ".json";

    /** Maximum number of positions of given-up records kept in memory to visit each only once. */
    private static final int MAX_SEEN = 100_000;

    private final S3ObjectStore objects;

    public S3Quarantine(S3Client client, String bucket) {
        this.objects = new S3ObjectStore(client, bucket, "The quarantine bucket", false);
    }

    @Override
    public void put(Entry entry) {
        objects.put(key(OPEN, entry.position()), QuarantineJson.entry(entry));
        objects.put(reasonKey(entry), EMPTY);
    }

    @Override
    public void forEachOpen(Predicate<Entry> more) {
        boolean continued =
                objects.visit(
                        OPEN,
                        key ->
                                objects.get(key)
                                        .map(QuarantineJson::entry)
                                        .filter(entry -> !isSettled(entry))
                                        .map(more::test)
                                        .orElse(true));
        if (continued) {
            Set<ShardPosition> seen = new HashSet<>();
            objects.visit(INVOCATIONS, key -> visitInvocation(key, seen, more));
        }
    }

    private boolean visitInvocation(String key, Set<ShardPosition> seen, Predicate<Entry> more) {
        for (Entry entry : invocation(key)) {
            boolean fresh =
                    (seen.size() >= MAX_SEEN || seen.add(entry.position()))
                            && !objects.exists(key(OPEN, entry.position()))
                            && !isSettled(entry);
            if (fresh && !more.test(entry)) {
                return false;
            }
        }
        return true;
    }

    @Override
    public Optional<Settlement> settlement(ShardPosition position) {
        return objects.get(key(SETTLED, position)).map(QuarantineJson::note);
    }

    @Override
    public void settle(Entry entry, Settling how, Instant at) {
        String note = key(SETTLED, entry.position());
        if (!objects.exists(note)) {
            objects.put(note, QuarantineJson.note(entry, new Settlement(how, at)));
        }
        objects.remove(key(OPEN, entry.position()));
        objects.remove(reasonKey(entry));
    }

    @Override
    public Erased erase(Function<Entry, Optional<Entry>> left, BooleanSupplier goOn, Instant at) {
        int[] counts = new int[2];
        boolean complete =
                objects.visit(
                                OPEN,
                                key -> {
                                    if (!goOn.getAsBoolean()) {
                                        return false;
                                    }
                                    objects.get(key)
                                            .map(QuarantineJson::entry)
                                            .ifPresent(entry -> eraseOne(entry, left, at, counts));
                                    return true;
                                })
                        && objects.visit(
                                INVOCATIONS,
                                key -> {
                                    if (!goOn.getAsBoolean()) {
                                        return false;
                                    }
                                    eraseIn(key, left, at, counts);
                                    return true;
                                });
        return new Erased(counts[0], counts[1], complete);
    }

    private boolean eraseOne(
            Entry entry, Function<Entry, Optional<Entry>> left, Instant at, int[] counts) {
        Optional<Entry> rest = left.apply(entry);
        if (rest.isEmpty()) {
            settle(entry, Settling.ERASED, at);
            counts[0]++;
        } else if (!rest.get().hasSamePayload(entry)) {
            put(rest.get());
            counts[1]++;
        }
        return rest.isEmpty() || !rest.get().hasSamePayload(entry);
    }

    /**
     * Replaces an invocation record that concerns the erased user: its other records become entries
     * of their own, then the object is removed.
     */
    private void eraseIn(
            String key, Function<Entry, Optional<Entry>> left, Instant at, int[] counts) {
        List<Entry> entries = invocation(key);
        boolean concerned =
                entries.stream()
                        .anyMatch(
                                entry ->
                                        left.apply(entry)
                                                .filter(rest -> rest.hasSamePayload(entry))
                                                .isEmpty());
        if (!concerned) {
            return;
        }
        for (Entry entry : entries) {
            boolean known = isSettled(entry) || objects.exists(key(OPEN, entry.position()));
            if (!known && !eraseOne(entry, left, at, counts)) {
                put(entry);
            }
        }
        objects.remove(key);
    }

    /**
     * Removes objects whose records are all settled, because they hold user behaviour and are kept
     * no longer than needed, and the reasons of entries that are not there.
     *
     * @return the number of objects removed
     */
    public int tidy() {
        int[] removed = {0};
        objects.visit(
                OPEN,
                key -> {
                    if (objects.exists(SETTLED + key.substring(OPEN.length()))) {
                        objects.remove(key);
                        removed[0]++;
                    }
                    return true;
                });
        objects.visit(
                REASONS,
                key -> {
                    String position = key.substring(key.indexOf('/', REASONS.length()) + 1);
                    if (!objects.exists(OPEN + position + SUFFIX)) {
                        objects.remove(key);
                    }
                    return true;
                });
        objects.visit(
                INVOCATIONS,
                key -> {
                    if (invocation(key).stream().allMatch(this::isSettled)) {
                        objects.remove(key);
                        removed[0]++;
                    }
                    return true;
                });
        return removed[0];
    }

    /** Returns the open entry put for this position, if there is one. */
    public Optional<Entry> get(ShardPosition position) {
        return objects.get(key(OPEN, position)).map(QuarantineJson::entry);
    }

    private boolean isSettled(Entry entry) {
        return objects.exists(key(SETTLED, entry.position()));
    }

    private List<Entry> invocation(String key) {
        return objects.get(key).map(QuarantineJson::invocation).orElse(List.of());
    }

    /**
     * {@inheritDoc}
     *
     * <p>Two requests list at most {@value #MOST} objects of each kind, for $0.00001 at the list
     * price of $0.005 for 1,000. They need the permission to list the bucket and none to read.
     */
    @Override
    public Counts count() {
        ListObjectsV2Response records = list(REASONS);
        ListObjectsV2Response batches = list(INVOCATIONS);
        Map<String, Count> counts = new TreeMap<>();
        for (S3Object object : records.contents()) {
            String name = object.key().substring(REASONS.length());
            add(counts, name.substring(0, Math.max(0, name.indexOf('/'))), object.lastModified());
        }
        for (S3Object object : batches.contents()) {
            add(counts, GIVEN_UP, object.lastModified());
        }
        return new Counts(
                List.copyOf(counts.values()), !records.isTruncated() && !batches.isTruncated());
    }

    private static void add(Map<String, Count> counts, String reason, Instant at) {
        counts.merge(
                reason,
                new Count(reason, 1, at),
                (one, other) ->
                        new Count(
                                reason,
                                one.count() + other.count(),
                                one.oldest().isBefore(other.oldest())
                                        ? one.oldest()
                                        : other.oldest()));
    }

    private ListObjectsV2Response list(String prefix) {
        return AwsCalls.call(
                objects.store(),
                () ->
                        objects.client()
                                .listObjectsV2(
                                        r ->
                                                r.bucket(objects.bucket())
                                                        .prefix(prefix)
                                                        .maxKeys(MOST)));
    }

    private static String key(String prefix, ShardPosition position) {
        return prefix + position.shard() + "/" + position.sequence() + SUFFIX;
    }

    private static String reasonKey(Entry entry) {
        ShardPosition position = entry.position();
        String code = QuarantineReasons.code(entry.reason());
        return REASONS + code + "/" + position.shard() + "/" + position.sequence();
    }
}
