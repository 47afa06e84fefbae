package dev.freshet.bench.evaluate;

import dev.freshet.catalog.CatalogueMode;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.StartingWeights;
import dev.freshet.profile.AttributeRules;
import java.time.Duration;
import java.util.List;

/**
 * The settings of the stack that a replay stands for.
 *
 * @param model settings of the model; its treatment of items outside the catalogue decides whether
 *     items are put one by one, or the data set's records all at once before the first event
 * @param putAfter time from an item's first event until the catalogue puts it, at least 0; without
 *     effect in an open stack
 * @param attributes which attributes of people count, where a data set tells any
 * @param start state of the blend before its first choice
 * @param jobs number of events after which a batch job counts neighbours anew; 0 for no job
 */
record ReplaySettings(
        ModelSettings model,
        Duration putAfter,
        AttributeRules attributes,
        BlendState start,
        int jobs) {
    /** The attributes that data sets tell of people: MovieLens all, generated sites the last. */
    static final AttributeRules COHORTS =
            new AttributeRules(List.of("age", "gender", "occupation"), List.of());

    /** The attribute by which people of generated sites say what they like. */
    static final AttributeRules INTERESTS = new AttributeRules(List.of(), List.of("topic"));

    /** The settings of a stack that chooses none: each item is put at its first event. */
    static final ReplaySettings DEFAULT =
            new ReplaySettings(
                    ModelSettings.DEFAULT
                            .withKAnonymity(ModelSettings.USUAL_K_ANONYMITY)
                            .withCatalogue(CatalogueMode.CLOSED),
                    Duration.ZERO);

    /** The settings of a stack without limits: no catalogue, and everybody's behaviour visible. */
    static final ReplaySettings UNLIMITED =
            new ReplaySettings(ModelSettings.DEFAULT, Duration.ZERO);

    /** Creates settings by which no attribute of people makes cohorts. */
    ReplaySettings(ModelSettings model, Duration putAfter) {
        this(model, putAfter, AttributeRules.DEFAULT, SignalFamilies.START, 0);
    }

    ReplaySettings {
        if (putAfter.isNegative()) {
            throw new IllegalArgumentException("putAfter must not be negative");
        }
    }

    /** Returns these settings with other settings of the model. */
    ReplaySettings with(ModelSettings other) {
        return new ReplaySettings(other, putAfter, attributes, start, jobs);
    }

    /** Returns these settings for a stack that knows attributes of people. */
    ReplaySettings knowing(AttributeRules rules) {
        return new ReplaySettings(model, putAfter, rules, start, jobs);
    }

    /** Returns these settings with other weights that learning starts from. */
    ReplaySettings startingFrom(StartingWeights weights) {
        return new ReplaySettings(model, putAfter, attributes, weights.state(), jobs);
    }

    /** Returns these settings for a stack with neighbours, counted anew after so many events. */
    ReplaySettings countingAfter(int events) {
        return new ReplaySettings(model, putAfter, attributes, start, events);
    }

    boolean isOpen() {
        return model.catalogue() == CatalogueMode.OPEN;
    }
}
