package dev.freshet.model.signal;

import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.popularity.Visibility;
import java.util.List;

/** How often items were interacted with in the user's country. Costs no preparation. */
public final class CountrySignals implements SignalFamily {
    public static final Source SOURCE = new Source(7, "country");

    /** ln of the country's decayed count at two hours; ln 0.02 where the country is not known. */
    public static final Signal LOG_COUNTRY_SHORT = Signal.of(21, "log-country-short", SOURCE);

    /** ln of the country's decayed count at three days; ln 0.02 where it is not known. */
    public static final Signal LOG_COUNTRY_LONG =
            Signal.of(22, "log-country-long", SOURCE, 0.05f, 0.05f, 0.05f);

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public List<Signal> signals() {
        return List.of(LOG_COUNTRY_SHORT, LOG_COUNTRY_LONG);
    }

    @Override
    public boolean findsCandidates() {
        return false;
    }

    @Override
    public ReasonMessage reason(ReasonFacts facts) {
        return ReasonMessage.about("country", facts.context().context().country());
    }

    @Override
    public Prepared prepare(SignalContext context) {
        String country = context.context().country();
        Scope scope = country == null ? null : Scope.country(country);
        ScopeCounts counts = scope == null ? null : context.model().scoped().of(scope);
        Visibility visibility = context.model().visibility();
        return new Prepared() {
            @Override
            public void fill(ItemFacts item, float[] vector) {
                double days = 0;
                double hours = 0;
                int order = counts == null ? -1 : counts.order(item.item());
                if (counts != null
                        && scope != null
                        && order >= 0
                        && visibility.shows(item.item(), scope)) {
                    hours = counts.atOrder(order, ScopeCounts.SHORT, context.clock());
                    days = counts.atOrder(order, ScopeCounts.LONG, context.clock());
                }
                vector[LOG_COUNTRY_SHORT.at()] = ItemFacts.log(item.bounded(hours));
                vector[LOG_COUNTRY_LONG.at()] = ItemFacts.log(item.bounded(days));
            }
        };
    }
}
