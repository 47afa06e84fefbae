package dev.freshet.recommend;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.log.Replica;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * Supplies the model of a {@link Replica}, and reports when it is behind. What is done with items
 * that are in no catalogue is for the supplier to say: the trainer's word comes with the next
 * version only.
 */
public final class ReplicaModelSupplier implements Supplier<ServedModel> {
    /** Age of the last successful look from which on the model counts as {@code model-stale}. */
    public static final Duration TOO_OLD = Duration.ofSeconds(10);

    private final Replica replica;
    private final CatalogueMode catalogue;
    private final InstantSource clock;
    private final Instant since;

    /** Creates a supplier of the models of a replica, served with this mode of the catalogue. */
    public ReplicaModelSupplier(Replica replica, CatalogueMode catalogue, InstantSource clock) {
        this.replica = replica;
        this.catalogue = catalogue;
        this.clock = clock;
        since = clock.instant();
    }

    @Override
    public ServedModel get() {
        Replica.Versioned versioned = replica.read();
        Replica.Status status = replica.status();
        boolean looked = status.lastLook().isAfter(Instant.EPOCH);
        Duration age = Duration.between(looked ? status.lastLook() : since, clock.instant());
        return new ServedModel(
                versioned.model().withCatalogue(catalogue),
                versioned.version(),
                age.isNegative() ? Duration.ZERO : age,
                troubles(status, looked, age, versioned));
    }

    private static List<String> troubles(
            Replica.Status status, boolean looked, Duration age, Replica.Versioned versioned) {
        if (!looked) {
            return List.of("model-unavailable");
        }
        List<String> troubles = new ArrayList<>();
        if (age.compareTo(TOO_OLD) > 0) {
            troubles.add("model-stale");
        } else if (status.trouble() != null) {
            troubles.add("model-behind");
        }
        if (versioned.version() == 0) {
            troubles.add("model-empty");
        }
        if (!versioned.model().remembers()) {
            troubles.add("neighbours-late");
        }
        return troubles;
    }
}
