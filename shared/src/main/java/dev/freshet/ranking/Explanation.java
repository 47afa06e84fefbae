package dev.freshet.ranking;

import dev.freshet.candidate.Candidates;
import dev.freshet.candidate.Source;
import dev.freshet.candidate.Visit;
import dev.freshet.feature.History;
import dev.freshet.feature.Item;
import dev.freshet.query.SessionItem;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Tells why an item stands where it stands: its {@link Shares}, each with a sentence. */
public final class Explanation {
    private static final int NOBODYS = -1;

    private final Visit visit;
    private final Blended blended;
    private final Candidates candidates;
    private final float likenessWeight;

    public Explanation(Visit visit, Blended blended, Candidates candidates, Blend blend) {
        this.visit = visit;
        this.blended = blended;
        this.candidates = candidates;
        this.likenessWeight = blend.likenessWeight();
    }

    /** The item's reasons, largest share first; at least one. */
    public List<Reason> of(int item) {
        double[] shares = Shares.of(visit, blended, candidates, item, likenessWeight);
        int moved = NOBODYS;
        if (shares[Source.CO_OCCURRENCE.index()] + shares[Source.CONTENT.index()] > 0) {
            moved = visit.signals().mover(item);
        }
        List<Reason> reasons = new ArrayList<>();
        for (int index = 0; index < shares.length; index++) {
            if (shares[index] > 0) {
                reasons.add(reason(Source.of(index), shares[index], item, moved));
            }
        }
        reasons.sort(Comparator.comparingDouble(Reason::share).reversed());
        return reasons;
    }

    private Reason reason(Source source, double share, int index, int moved) {
        Item item = visit.model().items().item(index);
        return switch (source) {
            case CO_OCCURRENCE ->
                    owed(
                            source,
                            share,
                            moved,
                            "Because you %s %s",
                            "Goes with %s",
                            "Chosen by readers like you");
            case CONTENT ->
                    owed(
                            source,
                            share,
                            moved,
                            "Close to what you %s: %s",
                            "Close to %s",
                            "Close to what you like");
            case NEXT_ITEM ->
                    owed(
                            source,
                            share,
                            latest(),
                            "Often next for those who %s %s",
                            "Often next after %s",
                            "Often next");
            case SIMILAR ->
                    new Reason(
                            source,
                            share,
                            "Goes with " + title(visit.lookedAt()),
                            visit.model().items().id(visit.lookedAt()));
            case TRENDING -> plain(source, share, "Trending now");
            case POPULARITY -> plain(source, share, "Popular this week");
            case COUNTRY -> plain(source, share, "Trending in " + visit.context().country());
            case DEVICE -> plain(source, share, "Popular on " + visit.context().device());
            case NEW -> plain(source, share, item.tags().isEmpty() ? "New" : "New in " + tag(item));
            case CATALOGUE -> plain(source, share, "From the catalogue");
            case FOLLOWED -> plain(source, share, followed(item));
        };
    }

    private int latest() {
        return visit.taste().isEmpty() ? NOBODYS : 0;
    }

    private static Reason plain(Source source, double share, String text) {
        return new Reason(source, share, text, null);
    }

    /**
     * Names the item that the reason is owed to.
     *
     * @param rank of that item in the taste, or −1
     * @param own of an item of the reader's: what was done with it, then its title
     * @param looked of the item being looked at: its title
     * @param otherwise of neither
     */
    private Reason owed(
            Source source, double share, int rank, String own, String looked, String otherwise) {
        if (rank < 0) {
            return plain(source, share, otherwise);
        }
        int item = visit.taste().items()[rank];
        String id = visit.model().items().id(item);
        String text =
                item == visit.lookedAt()
                        ? looked.formatted(title(item))
                        : own.formatted(did(item, id), title(item));
        return new Reason(source, share, text, id);
    }

    private String did(int own, String id) {
        String seen = Verb.seen(visit.model().items().item(own).type());
        for (SessionItem act : visit.session()) {
            if (act.itemId().equals(id)) {
                return Verb.of(act.type(), seen);
            }
        }
        String did = seen;
        double strongest = 0;
        for (History.Entry act : visit.history().entries()) {
            if (act.target().isItem()
                    && act.target().id().equals(id)
                    && act.strength() > strongest) {
                strongest = act.strength();
                did = Verb.of(act.type(), seen);
            }
        }
        return did;
    }

    private String title(int index) {
        String title = visit.model().items().item(index).title();
        return title.isEmpty() ? visit.model().items().id(index) : title;
    }

    /** The item's tag that means most to the reader, else its first. */
    private String tag(Item item) {
        return visit.tags().stream()
                .filter(item.tags()::contains)
                .findFirst()
                .orElseGet(() -> item.tags().getFirst());
    }

    private String followed(Item item) {
        String author = item.author();
        if (author != null && visit.taste().authors().contains(author)) {
            return "By " + author + ", whom you follow";
        }
        return item.tags().stream()
                .filter(visit.taste().tags()::contains)
                .findFirst()
                .map(tag -> "In " + tag + ", which you follow")
                .orElse("By your choice");
    }
}
