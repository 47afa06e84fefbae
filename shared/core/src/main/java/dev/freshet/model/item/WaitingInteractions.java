package dev.freshet.model.item;

import static dev.freshet.check.Check.require;

import dev.freshet.bytes.Form;
import dev.freshet.bytes.MalformedBytesException;
import dev.freshet.example.Example;
import dev.freshet.example.ExampleCodec;
import dev.freshet.example.Pseudonym;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Interactions with items that are not in the catalogue yet, in the order of their arrival. They
 * have no effect on any answer; once their item is put, they are learned. Each takes about 200 B,
 * 700 B at most: the list that an item was chosen from is left out, because an item outside the
 * catalogue is in none.
 *
 * @param inOrder at most {@value #MOST}
 */
public record WaitingInteractions(List<Example.Interaction> inOrder) {
    /** Most interactions that wait; each further one displaces the oldest. */
    public static final int MOST = 10_000;

    public static final WaitingInteractions EMPTY = new WaitingInteractions(List.of());

    private static final Form<WaitingInteractions> FORM =
            fields -> of(fields.part(ExampleCodec.BATCH, waiting -> List.copyOf(waiting.inOrder)));

    /** The part of the model. */
    public static final ModelPart<WaitingInteractions> PART =
            new ModelPart<>(9, EMPTY, Draft::new, (bounds, items) -> FORM);

    public WaitingInteractions {
        inOrder = List.copyOf(inOrder);
        require(inOrder.size() <= MOST, "at most " + MOST + " interactions wait");
    }

    private static WaitingInteractions of(List<Example> examples) {
        List<Example.Interaction> inOrder = new ArrayList<>(examples.size());
        for (Example example : examples) {
            if (!(example instanceof Example.Interaction interaction)) {
                throw new MalformedBytesException("what waits for an item is no interaction");
            }
            inOrder.add(interaction);
        }
        return new WaitingInteractions(inOrder);
    }

    /**
     * The mutable continuation of {@link WaitingInteractions}. Each change costs at most one pass
     * over the list; an item that nothing waits for costs a look-up.
     */
    public static final class Draft implements PartDraft<WaitingInteractions> {
        private List<Example.Interaction> inOrder;
        private boolean owned;

        /** The ids that are waited for, and maybe others; null until it is needed. */
        private @Nullable Set<String> ids;

        private Draft(WaitingInteractions from) {
            inOrder = from.inOrder;
        }

        /**
         * Adds an interaction.
         *
         * @return whether it displaced the oldest one
         */
        public boolean add(Example.Interaction interaction) {
            List<Example.Interaction> all = own();
            boolean full = all.size() == MOST;
            if (full) {
                all.removeFirst();
            }
            all.add(interaction.inList(List.of()).credited(null));
            if (ids != null) {
                ids.add(interaction.target().id());
            }
            return full;
        }

        /** Removes the interactions with an item and returns them, in order. */
        public List<Example.Interaction> take(String itemId) {
            Set<String> known = ids;
            if (known == null) {
                known = new HashSet<>();
                for (Example.Interaction each : inOrder) {
                    known.add(each.target().id());
                }
                ids = known;
            }
            return known.remove(itemId)
                    ? remove(each -> each.target().id().equals(itemId))
                    : List.of();
        }

        /** Removes all interactions and returns them, in order. */
        public List<Example.Interaction> takeAll() {
            return inOrder.isEmpty() ? List.of() : remove(each -> true);
        }

        /** Removes an interaction that is retracted, and returns whether it waited. */
        public boolean retract(Example.Interaction retracted) {
            return removeAny(
                    each ->
                            each.user().equals(retracted.user())
                                    && each.target().equals(retracted.target())
                                    && each.type() == retracted.type()
                                    && each.at().equals(retracted.at()));
        }

        @Override
        public void forgotten(Pseudonym user) {
            removeAny(each -> each.user().equals(user));
        }

        /** Makes the interactions of one user those of another. */
        @Override
        public void merged(Example.Merge merge) {
            for (int at = 0; at < inOrder.size(); at++) {
                if (inOrder.get(at).user().equals(merge.from())) {
                    own().set(at, inOrder.get(at).by(merge.into()));
                }
            }
        }

        /** Returns the content; a view is empty, since nothing that learns reads it. */
        @Override
        public WaitingInteractions content(boolean sealed) {
            if (!sealed) {
                return EMPTY;
            }
            WaitingInteractions content = new WaitingInteractions(inOrder);
            inOrder = content.inOrder;
            owned = false;
            return content;
        }

        private boolean removeAny(Predicate<Example.Interaction> which) {
            return inOrder.stream().anyMatch(which) && !remove(which).isEmpty();
        }

        private List<Example.Interaction> remove(Predicate<Example.Interaction> which) {
            List<Example.Interaction> removed = inOrder.stream().filter(which).toList();
            own().removeIf(which);
            return removed;
        }

        private List<Example.Interaction> own() {
            if (!owned) {
                inOrder = new ArrayList<>(inOrder);
                owned = true;
            }
            return inOrder;
        }
    }
}
