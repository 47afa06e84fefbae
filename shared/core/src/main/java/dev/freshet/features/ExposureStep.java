package dev.freshet.features;

import dev.freshet.access.ExposureToken;
import dev.freshet.event.Event;
import dev.freshet.event.ShardPosition;
import dev.freshet.event.StreamRecord;
import dev.freshet.example.ListCredit;
import dev.freshet.example.ListCredit.OutcomeKind;
import dev.freshet.example.ListCredit.ShadowWeight;
import dev.freshet.features.StoredExposure.ExposureOutcome;
import dev.freshet.profile.UserProfile;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stores lists shown and marks them with their outcomes. All of it serves analytics: nothing of a
 * user who refuses analytics comes here.
 *
 * <p>What an event counts for does not depend on how often its record is delivered: marks and lists
 * are compared by the positions of the records that wrote them first.
 */
final class ExposureStep {
    /** How many of a user's aliases are searched for the list behind a conversion. */
    static final int ALIASES = 2;

    private final Exposures exposures;
    private final ListCredits credits;

    ExposureStep(Exposures exposures, AttributionRules rules) {
        this.exposures = exposures;
        this.credits = new ListCredits(exposures, rules);
    }

    /** Stores the list of an impression: one write, and up to two more for a redelivered one. */
    Exposures.Written shown(Event.Impression impression, StreamRecord record) {
        return exposures.put(StoredExposure.of(impression, record), impression.header().retryOf());
    }

    /**
     * Returns the credit of an interaction as its own row stores it, so that a redelivery and a
     * retraction repeat it; null if it is no outcome.
     */
    @Nullable ListCredit credit(Event.Interaction interaction, UserProfile profile) {
        List<String> ids = new ArrayList<>(List.of(profile.userId()));
        List<String> aliases = profile.aliases();
        ids.addAll(aliases.subList(Math.max(0, aliases.size() - ALIASES), aliases.size()));
        return credits.of(interaction, ids);
    }

    /**
     * Marks the list of an outcome: one write, none without a token.
     *
     * @param credit as the outcome's row stores it
     * @return the credit that counts; null where the list has too many outcomes already
     */
    @Nullable ListCredit mark(
            Event.Interaction interaction, StreamRecord record, ListCredit credit) {
        ExposureToken list = interaction.header().list();
        if (list == null) {
            return credit;
        }
        String event = ExposureOutcome.hash(interaction.header());
        ExposureOutcome outcome =
                new ExposureOutcome(
                        event,
                        credit.kind(),
                        credit.position(),
                        ListCredits.seconds(list.issuedAt(), interaction),
                        record.position());
        StoredExposure row =
                exposures.mark(
                        record.partitionKey(),
                        list.issuedAt(),
                        list.recommendationId(),
                        outcome,
                        interaction.header().receivedAt());
        if (row == null) {
            return credit.kind().isClick() ? null : credit;
        }
        ExposureOutcome kept =
                row.outcomes().stream()
                        .filter(other -> other.event().equals(event))
                        .findFirst()
                        .orElse(outcome);
        if (!credit.kind().isClick()) {
            return credit;
        }
        boolean seen = precedes(row.first(), kept.owner());
        return credit.clicked(seen, isFirst(row, kept), seen ? weights(row, kept) : List.of());
    }

    /**
     * Returns the clicks that arrived before the impression of their list, as they count now that
     * it has arrived.
     */
    static List<ListCredit> earlierClicks(StoredExposure row, ShownList list, int hour) {
        List<ListCredit> clicks = new ArrayList<>();
        for (ExposureOutcome outcome : row.outcomes()) {
            if (outcome.kind().isClick() && !precedes(row.first(), outcome.owner())) {
                int position = outcome.position();
                clicks.add(
                        new ListCredit(
                                outcome.kind(),
                                new ListCredit.ListPlace(
                                        true,
                                        list.placement(),
                                        list.labels(),
                                        hour,
                                        position,
                                        position < 0 || position >= list.places().size()
                                                ? 0
                                                : list.places().get(position).sources()),
                                true,
                                isFirst(row, outcome),
                                0,
                                null,
                                weights(row, outcome)));
            }
        }
        return clicks;
    }

    private static boolean precedes(@Nullable ShardPosition shown, ShardPosition outcome) {
        return shown != null && shown.compareTo(outcome) < 0;
    }

    private static boolean isFirst(StoredExposure row, ExposureOutcome click) {
        return click.kind() == OutcomeKind.CLICK
                && row.outcomes().stream()
                        .filter(other -> other.kind() == OutcomeKind.CLICK)
                        .findFirst()
                        .filter(click::equals)
                        .isPresent();
    }

    /** Returns the weights that a click has for shadows; of a late one there are none. */
    private static List<ShadowWeight> weights(StoredExposure row, ExposureOutcome click) {
        ShownList list = row.list();
        return list == null || click.kind() != OutcomeKind.CLICK
                ? List.of()
                : list.shadowWeights(click.position());
    }
}
