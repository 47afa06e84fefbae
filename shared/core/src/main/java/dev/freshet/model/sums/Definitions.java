package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.Form;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.DefinitionKind;
import dev.freshet.example.ExampleCodec;
import java.util.Arrays;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The definitions of a stack that were announced, and the versions at which ids were deleted, so
 * that an older announcement that arrives late brings nothing back. Immutable; versions of the
 * model between which no definition changed share one object.
 *
 * <p>At most {@link #MOST} definitions of 16 KB and {@value #MAX_DELETED} deleted ids. A further
 * definition is left out; the deleted id of the lowest version is forgotten first.
 */
public final class Definitions {
    /** Most definitions: as many as a stack stores. */
    public static final int MOST =
            Arrays.stream(DefinitionKind.values()).mapToInt(DefinitionKind::most).sum();

    /** Most deleted ids that are remembered. */
    public static final int MAX_DELETED = 200;

    /** No definitions. */
    public static final Definitions NONE = new Definitions(new TreeMap<>(), new TreeMap<>());

    static final Form<Definitions> FORM =
            fields ->
                    of(
                            fields.list(MOST, ExampleCodec.DEFINITION, Definitions::all),
                            fields.map(MAX_DELETED, Form.TEXT, Form.VARINT, Definitions::deleted));

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
    public Definitions with(Definition announced) {
        String id = announced.id();
        boolean gone = announced.document() == null;
        if (announced.version() <= version(id)
                || (!gone && byId.size() >= MOST && !byId.containsKey(id))) {
            return this;
        }
        SortedMap<String, Definition> nextById = new TreeMap<>(byId);
        SortedMap<String, Long> nextDeleted = new TreeMap<>(deleted);
        if (gone) {
            nextById.remove(id);
            nextDeleted.put(id, announced.version());
            if (nextDeleted.size() > MAX_DELETED) {
                nextDeleted.remove(oldest(nextDeleted));
            }
        } else {
            nextDeleted.remove(id);
            nextById.put(id, announced);
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
