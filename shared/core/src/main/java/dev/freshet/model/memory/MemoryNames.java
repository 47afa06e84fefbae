package dev.freshet.model.memory;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.Form;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The objects of neighbours that a model and its kept versions name, oldest first; ≈ 200 B each. An
 * object is named for {@link #KEPT} after its successor, which is longer than rows of versions and
 * records of streams are kept, so what no model names any more can be removed.
 *
 * @param names by the time of their job, ≤ {@value #MOST}
 */
public record MemoryNames(List<Named> names) {
    public static final MemoryNames NONE = new MemoryNames(List.of());

    /** The part of the model. */
    public static final ModelPart<MemoryNames> PART =
            new ModelPart<>(14, NONE, Draft::new, (bounds, items) -> form(items));

    /** The most names; of more, which takes three jobs a day, the oldest is given up. */
    public static final int MOST = 64;

    /** How long an object is named after the job of its successor. */
    public static final Duration KEPT = Duration.ofDays(21);

    public MemoryNames {
        names = List.copyOf(names);
        for (int at = 1; at < names.size(); at++) {
            require(
                    names.get(at - 1).name().madeAt().isBefore(names.get(at).name().madeAt()),
                    "Names of neighbours are not in order");
        }
    }

    /** Returns the object in force. */
    public Optional<Named> latest() {
        return names.isEmpty() ? Optional.empty() : Optional.of(names.getLast());
    }

    /** Returns whether a name is later than the one in force. */
    public boolean accepts(Example.Neighbours name) {
        return latest().map(last -> name.madeAt().isAfter(last.name().madeAt())).orElse(true);
    }

    /**
     * Returns these names with one that they accept.
     *
     * @param items number of items of the model
     */
    public MemoryNames with(Example.Neighbours name, int items) {
        Instant oldest = name.madeAt().minus(KEPT);
        List<Named> kept = new ArrayList<>();
        for (int at = 0; at < names.size(); at++) {
            boolean isLast = at + 1 == names.size();
            if (isLast || !names.get(at + 1).name().madeAt().isBefore(oldest)) {
                kept.add(names.get(at));
            }
        }
        kept.add(new Named(name, items));
        return new MemoryNames(kept.subList(Math.max(0, kept.size() - MOST), kept.size()));
    }

    /** Returns the form of the names that a model of so many items has. */
    public static Form<MemoryNames> form(int items) {
        Form<Named> name =
                fields ->
                        new Named(
                                fields.part(ExampleCodec.NEIGHBOURS, Named::name),
                                fields.upTo(items, Named::items));
        return fields -> new MemoryNames(fields.list(MOST, name, MemoryNames::names));
    }

    /** The mutable continuation of {@link MemoryNames}. */
    public static final class Draft implements PartDraft<MemoryNames> {
        private MemoryNames names;

        private Draft(MemoryNames from) {
            names = from;
        }

        @Override
        public boolean announced(Example announcement, FoldContext model) {
            if (!(announcement instanceof Example.Neighbours named) || !names.accepts(named)) {
                return false;
            }
            names = names.with(named, model.items());
            return true;
        }

        /** Returns the object in force; there is one. */
        public Named latest() {
            return names.latest().orElseThrow();
        }

        @Override
        public MemoryNames content(boolean sealed) {
            return names;
        }
    }

    /**
     * An object of neighbours that a model names.
     *
     * @param items number of items that the model had when it was named; later ones have no
     *     neighbours in it
     */
    public record Named(Example.Neighbours name, int items) {}
}
