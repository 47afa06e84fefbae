package dev.freshet.model.sums;

import static dev.freshet.check.Check.require;

import dev.freshet.access.ListArm;
import dev.freshet.enrolment.Enrolment.Enrolled;
import dev.freshet.example.Example;
import dev.freshet.example.Example.Definition;
import dev.freshet.example.Example.Definition.Phase;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ListCredit.ShadowRatios;
import dev.freshet.example.ListCredit.ShadowWeight;
import dev.freshet.model.part.FoldContext;
import dev.freshet.model.part.ModelPart;
import dev.freshet.model.part.PartDraft;
import dev.freshet.model.sums.BucketSums.Column;
import dev.freshet.model.sums.PhaseSums.ExperimentSums;
import dev.freshet.model.sums.PhaseSums.Tallies;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collections;
import java.util.Comparator;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The announced experiments and what their users did, as an immutable value.
 *
 * <p>What a user does counts for the user's arm from the first exposure on and within the
 * experiment's window, whatever list it came from (intention to treat), as long as the experiment
 * runs. The sums of a stopped experiment stay as they are until it is deleted or begins a new
 * phase, which starts at zero.
 *
 * <p>Sums are kept of {@value #MAX_KEPT} experiments: those that run, of which a stack has at most
 * 8, and those stopped last. An arm takes 16 KB, 2 KB more for each group of its users, and an
 * experiment has at most {@value PhaseSums#MAX_ARMS}: 32 KB for one experiment of two arms, and 28
 * KB for four segments and three devices; 12.5 MB at the bounds. A shadow takes 82 KB for lists of
 * ten, 164 KB at the bound, and an experiment has at most {@value PhaseSums#MAX_SHADOWS}.
 */
public final class ExperimentOutcomes {
    /** Most experiments with sums. The one of the lowest version that does not run leaves first. */
    public static final int MAX_KEPT = 40;

    /**
     * The days before a user's first exposure in which the items are counted that explain a part of
     * what the user does after it.
     */
    public static final int DAYS_BEFORE = 14;

    /** No experiments. */
    public static final ExperimentOutcomes NONE =
            new ExperimentOutcomes(Definitions.NONE, new TreeMap<>());

    /** The part of the model. */
    public static final ModelPart<ExperimentOutcomes> PART =
            new ModelPart<>(11, NONE, Draft::new, (bounds, items) -> ExperimentsForm.EXPERIMENTS);

    private final Definitions definitions;
    private final SortedMap<String, PhaseSums> phases;

    private ExperimentOutcomes(Definitions definitions, SortedMap<String, PhaseSums> phases) {
        this.definitions = definitions;
        this.phases = Collections.unmodifiableSortedMap(phases);
    }

    /**
     * Returns experiments of stored parts.
     *
     * @param phases by the id of a definition that is there
     * @throws IllegalArgumentException if there are too many phases, or one without a definition
     */
    public static ExperimentOutcomes of(Definitions definitions, Map<String, PhaseSums> phases) {
        require(
                phases.size() <= MAX_KEPT
                        && phases.keySet().stream()
                                .allMatch(id -> definitions.find(id).isPresent()),
                "too many sums of experiments, or of unknown ones");
        return new ExperimentOutcomes(definitions, new TreeMap<>(phases));
    }

    public Definitions definitions() {
        return definitions;
    }

    /** Returns the sums by the id of the experiment. */
    public SortedMap<String, PhaseSums> phases() {
        return phases;
    }

    /** Returns the sums of the present phase of an experiment. */
    public ExperimentSums sums(String id) {
        PhaseSums phase = phases.get(id);
        return phase == null ? ExperimentSums.ZERO : phase.sums();
    }

    /** Returns what drawn lists say about the shadows of the present phase of an experiment. */
    public Map<String, ShadowSums> shadows(String id) {
        PhaseSums phase = phases.get(id);
        return phase == null ? Map.of() : phase.shadows();
    }

    /** The mutable continuation. Used by one thread. */
    public static final class Draft implements PartDraft<ExperimentOutcomes> {
        private Definitions definitions;
        private final TreeMap<String, PhaseSums.Draft> phases = new TreeMap<>();

        private Draft(ExperimentOutcomes from) {
            definitions = from.definitions;
            from.phases.forEach((id, phase) -> phases.put(id, phase.draft()));
        }

        @Override
        public boolean announced(Example announcement, FoldContext model) {
            if (!(announcement instanceof Definition announced)) {
                return false;
            }
            Definitions next = definitions.with(announced);
            if (next == definitions) {
                return false;
            }
            definitions = next;
            String id = announced.id();
            Phase phase = announced.phase();
            PhaseSums.Draft sums = phases.get(id);
            if (phase == null || (sums != null && !sums.salt().equals(phase.salt()))) {
                phases.remove(id);
            }
            if (phase != null && phase.running() && !phases.containsKey(id)) {
                begin(id, phase.salt());
            }
            return true;
        }

        private void begin(String id, String salt) {
            if (phases.size() >= MAX_KEPT) {
                Optional<Definition> oldest =
                        phases.keySet().stream()
                                .flatMap(kept -> definitions.find(kept).stream())
                                .filter(definition -> !definition.running())
                                .min(
                                        Comparator.comparingLong(Definition::version)
                                                .thenComparing(Definition::id));
                if (oldest.isEmpty()) {
                    return;
                }
                phases.remove(oldest.get().id());
            }
            phases.put(id, PhaseSums.begin(salt).draft());
        }

        /**
         * Counts a list, the user's enrolment where it is the first one, and the first click on it
         * where that came before it.
         */
        @Override
        public void shown(Example.Exposure list, FoldContext model) {
            int bucket = BucketSums.bucket(list.user().bits());
            for (ShadowRatios ratios : list.shadows()) {
                ShadowSums.Tally shadow = shadow(ratios.shadow());
                if (shadow != null && ratios.logRatios().isEmpty()) {
                    shadow.leftOut();
                } else if (shadow != null) {
                    shadow.shown(bucket, ratios.logWeights());
                }
            }
            list.earlier().forEach(click -> clicked(bucket, click));
            for (Enrolled enrolled : list.enrolled()) {
                Tallies tally = tally(enrolled);
                if (tally == null) {
                    continue;
                }
                if (enrolled.step() == Enrolled.Step.BEGINS) {
                    tally.add(bucket, Column.USERS, 1);
                    tally.add(bucket, Column.COVARIATE, itemsBefore(list, model));
                    tally.add(bucket, Column.CLICKS, list.earlier().size());
                }
                tally.add(bucket, Column.LISTS, list.attributed() ? 1 : 0);
                if (list.earlier().stream().anyMatch(ListCredit::first)) {
                    tally.add(bucket, Column.LISTS_CLICKED, 1);
                }
            }
        }

        /**
         * Returns the number of items that a user interacted with in the days before a list and up
         * to now: what the user did before the list is received is in the basket, and nothing after
         * it.
         */
        private static int itemsBefore(Example.Exposure list, FoldContext model) {
            Instant since = Instant.EPOCH.plus(list.day() - DAYS_BEFORE, ChronoUnit.DAYS);
            return model.itemsSince(list.user(), since);
        }

        /** Counts what a user did. */
        @Override
        public void happened(Example.Interaction interaction, FoldContext model) {
            ListCredit credit = interaction.credit();
            if (credit != null) {
                clicked(BucketSums.bucket(interaction.user().bits()), credit);
            }
            count(interaction, 1);
        }

        /** Takes back what an interaction counted that was retracted; a click remains. */
        @Override
        public void takenBack(Example.Interaction interaction) {
            OutcomeKind kind = kind(interaction);
            if (kind != null && !kind.isClick()) {
                count(interaction, -1);
            }
        }

        /** Counts the experiments of whose arms a user was shown two under two ids. */
        @Override
        public void merged(Example.Merge merge) {
            merge.enrolled().forEach(this::tally);
        }

        /** Counts a click for the shadows of its list, whatever its user's arm is. */
        private void clicked(int bucket, ListCredit click) {
            for (ShadowWeight weight : click.shadows()) {
                ShadowSums.Tally shadow = shadow(weight.shadow());
                if (shadow != null) {
                    shadow.clicked(bucket, click.position(), weight.logWeight());
                }
            }
        }

        private ShadowSums.@Nullable Tally shadow(ListArm shadow) {
            PhaseSums.Draft phase = running(shadow.experiment(), shadow.salt());
            return phase == null ? null : phase.shadow(shadow.arm());
        }

        /** Returns the sums of an experiment, if it runs in the phase of this salt. */
        private PhaseSums.@Nullable Draft running(String id, String salt) {
            PhaseSums.Draft phase = phases.get(id);
            boolean counts =
                    definitions.find(id).filter(Definition::running).isPresent()
                            && phase != null
                            && phase.salt().equals(salt);
            return counts ? phase : null;
        }

        private void count(Example.Interaction interaction, int sign) {
            OutcomeKind kind = kind(interaction);
            if (kind == null) {
                return;
            }
            int bucket = BucketSums.bucket(interaction.user().bits());
            ListCredit credit = interaction.credit();
            for (Enrolled enrolled : interaction.standing().enrolled()) {
                Tallies tally = tally(enrolled);
                if (tally == null) {
                    continue;
                }
                switch (kind) {
                    case CLICK, LATE_CLICK -> {
                        tally.add(bucket, Column.CLICKS, sign);
                        if (credit != null && credit.seen() && credit.first()) {
                            tally.add(bucket, Column.LISTS_CLICKED, sign);
                        }
                    }
                    case CONVERSION -> {
                        tally.add(bucket, Column.CONVERSIONS, sign);
                        if (credit != null && isOf(enrolled, credit.currency())) {
                            tally.add(bucket, Column.REVENUE, sign * credit.amount());
                        }
                    }
                    case HIDE -> tally.add(bucket, Column.HIDES, sign);
                }
            }
        }

        /**
         * Returns what an interaction is. An item that was hidden outside of a list has no credit
         * for one, but its user did hide it.
         */
        private static @Nullable OutcomeKind kind(Example.Interaction interaction) {
            ListCredit credit = interaction.credit();
            if (credit != null) {
                return credit.kind();
            }
            return switch (interaction.type()) {
                case HIDE, DISLIKE -> OutcomeKind.HIDE;
                default -> null;
            };
        }

        private boolean isOf(Enrolled enrolled, @Nullable String currency) {
            return currency != null
                    && phase(enrolled.experiment())
                            .filter(phase -> currency.equals(phase.currency()))
                            .isPresent();
        }

        private Optional<Phase> phase(String id) {
            return definitions.find(id).map(Definition::phase);
        }

        /**
         * Returns the tallies of a user's arm, if anything counts for it: the experiment runs in
         * the phase in which the user was enrolled, and its window is open. A user who crosses arms
         * is counted as such, and in no arm.
         */
        private @Nullable Tallies tally(Enrolled enrolled) {
            PhaseSums.Draft phase = running(enrolled.experiment(), enrolled.salt());
            if (phase == null) {
                return null;
            }
            if (enrolled.step() == Enrolled.Step.CROSSES) {
                phase.crossed();
                return null;
            }
            return phase(enrolled.experiment())
                    .filter(defined -> enrolled.seconds() <= defined.windowSeconds())
                    .map(_ -> phase.of(enrolled))
                    .orElse(null);
        }

        /** Returns the content; a view is empty, since nothing that learns reads it. */
        @Override
        public ExperimentOutcomes content(boolean sealed) {
            if (!sealed) {
                return NONE;
            }
            TreeMap<String, PhaseSums> all = new TreeMap<>();
            phases.forEach((id, phase) -> all.put(id, phase.seal()));
            return new ExperimentOutcomes(definitions, all);
        }
    }
}
