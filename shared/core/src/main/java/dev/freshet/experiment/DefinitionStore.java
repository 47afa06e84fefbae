package dev.freshet.experiment;

import java.util.List;
import java.util.Optional;

/**
 * The store of definitions. Every read sees all writes that ended before it.
 *
 * <p>All methods throw {@link dev.freshet.store.StoreUnavailableException} if the store does not
 * respond; whether a write was done is then unknown, and repeating it is safe.
 */
public interface DefinitionStore {
    /** The revision before the first one: there is no definition. */
    long ABSENT = 0;

    /** Returns the definition of an id. */
    Optional<StoredDefinition> get(String id);

    /**
     * Returns all definitions in the order of their ids: as many as their kinds may have, and those
     * that were put at the same moment as the last one.
     */
    List<StoredDefinition> list();

    /**
     * Puts a definition with its revision in place of the revision that the caller has seen.
     *
     * @param seen {@link #ABSENT} if there was none
     * @return false if another revision is stored
     */
    boolean put(StoredDefinition definition, long seen);

    /**
     * Deletes a definition of the revision that the caller has seen.
     *
     * @return false if another revision is stored, or none
     */
    boolean delete(String id, long seen);
}
