package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import dev.freshet.example.Example;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The definitions of a stack, experiments and named rules, that were announced, and the versions at
 * which ids were deleted, so that an older announcement that arrives late brings nothing back.
 * Immutable; versions of the model between which no definition changed share one object.
 *
 * <p>At most {@value #MOST} definitions of 16 KB and {@value #MAX_DELETED} deleted ids. A further
 * definition is left out; the deleted id of the lowest version is forgotten first.
 */
public final class Definitions {
    /** Most definitions: as many as a stack stores, 200 experiments and 50 rules. */
    public static final int MOST = 250;

    /** Most deleted ids that are remembered. */
    public static final int MAX_DELETED = 200;

    /** No definitions. */
    public static final Definitions NONE = new Definitions(new TreeMap<>(), new TreeMap<>());

    /**
     * A definition of an experiment or a named rule as the model knows it: what sums need of it,
     * and the document for those who assign and analyse.
     *
     * @param version of the announcement; a higher one replaces a lower one
     * @param running whether users are assigned, and what they do is summed
     * @param salt names the phase: sums of another salt are not of these users
     * @param windowSeconds the time from a user's first exposure in which outcomes count
     * @param currency of the revenue that is summed; null if none is
     * @param document JSON as its owner sent it
     */
    public record Definition(
            String id,
            long version,
            boolean running,
            String salt,
            int windowSeconds,
            @Nullable String currency,
            String document) {
        /** What the ids of rules begin with; those of experiments do not. */
        public static final String RULE_PREFIX = "rule:";

        /** Returns whether this is a named rule of lists, and no experiment. */
        public boolean isRule() {
            return id.startsWith(RULE_PREFIX);
        }

        /** Returns the name of the rule. */
        public String ruleName() {
            return id.substring(RULE_PREFIX.length());
        }
    }

    private final SortedMap<String, Definition> byId;
    private final SortedMap<String, Long> deleted;

    private Definitions(SortedMap<String, Definition> byId, SortedMap<String, Long> deleted) {
        this.byId = Collections.unmodifiableSortedMap(byId);
        this.deleted = Collections.unmodifiableSortedMap(deleted);
    }

    /**
     * Returns definitions of stored parts.
     *
     * @param deleted the version at which an id was deleted
     * @throws IllegalArgumentException if there are too many, or an id is there twice
     */
    public static Definitions of(Collection<Definition> definitions, Map<String, Long> deleted) {
        TreeMap<String, Definition> byId = new TreeMap<>();
        definitions.forEach(definition -> byId.put(definition.id(), definition));
        require(
                byId.size() == definitions.size()
                        && byId.size() <= MOST
                        && deleted.size() <= MAX_DELETED
                        && deleted.keySet().stream().noneMatch(byId::containsKey),
                "too many experiments, or one of them twice");
        return new Definitions(byId, new TreeMap<>(deleted));
    }

    /** Returns the definition of an id. */
    public Optional<Definition> find(String id) {
        return Optional.ofNullable(byId.get(id));
    }

    /** Returns all definitions in the order of their ids. */
    public List<Definition> all() {
        return List.copyOf(byId.values());
    }

    /** Returns the deleted ids with the versions at which they were deleted. */
    public SortedMap<String, Long> deleted() {
        return deleted;
    }

    /** Returns the version of the newest announcement of an id; 0 if none is known. */
    public long version(String id) {
        Definition known = byId.get(id);
        return known == null ? deleted.getOrDefault(id, 0L) : known.version();
    }

    /**
     * Returns the definitions after an announcement; this object if it is not above the known
     * version of its id, or has no place.
     */
    public Definitions with(Example.ExperimentChanged announced) {
        String id = announced.id();
        String document = announced.document();
        if (announced.version() <= version(id)
                || (document != null && byId.size() >= MOST && !byId.containsKey(id))) {
            return this;
        }
        SortedMap<String, Definition> nextById = new TreeMap<>(byId);
        SortedMap<String, Long> nextDeleted = new TreeMap<>(deleted);
        if (document == null) {
            nextById.remove(id);
            nextDeleted.put(id, announced.version());
            if (nextDeleted.size() > MAX_DELETED) {
                nextDeleted.remove(oldest(nextDeleted));
            }
        } else {
            nextDeleted.remove(id);
            nextById.put(
                    id,
                    new Definition(
                            id,
                            announced.version(),
                            announced.running(),
                            announced.salt(),
                            announced.windowSeconds(),
                            announced.currency(),
                            document));
        }
        return new Definitions(nextById, nextDeleted);
    }

    private static String oldest(SortedMap<String, Long> deleted) {
        return deleted.entrySet().stream()
                .min(Map.Entry.<String, Long>comparingByValue().thenComparing(Map.Entry::getKey))
                .orElseThrow()
                .getKey();
    }
}
