package dev.freshet.model.signal;

import dev.freshet.event.Context;
import dev.freshet.model.popularity.Popularity;
import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.ScopeCounts;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * How often items were interacted with in the user's country, or on the user's kind of device;
 * nothing of the last hours of the user's {@linkplain ItemFacts#isOwn own} items. Costs no
 * preparation.
 */
public final class ScopeSignals extends SignalFamily {
    public static final Source COUNTRY = new Source(7, "country");
    public static final Source DEVICE = new Source(8, "device");

    /** ln of the country's decayed count at two hours; ln 0.02 where the country is not known. */
    public static final Signal LOG_COUNTRY_SHORT = Signal.of(21, "log-country-short", COUNTRY);

    /** ln of the country's decayed count at three days; ln 0.02 where it is not known. */
    public static final Signal LOG_COUNTRY_LONG =
            Signal.of(22, "log-country-long", COUNTRY, 0.05f, 0.05f, 0.05f);

    /** ln of the device's decayed count at three days; ln 0.02 where the device is not known. */
    public static final Signal LOG_DEVICE_LONG = Signal.of(23, "log-device-long", DEVICE);

    private final Function<Context, @Nullable String> value;
    private final Function<String, Scope> scopeOf;

    private ScopeSignals(
            Source source,
            Function<Context, @Nullable String> value,
            Function<String, Scope> scopeOf,
            Signal... signals) {
        super(source, Lead.NONE, signals);
        this.value = value;
        this.scopeOf = scopeOf;
    }

    static ScopeSignals ofCountry() {
        return new ScopeSignals(
                COUNTRY, Context::country, Scope::country, LOG_COUNTRY_SHORT, LOG_COUNTRY_LONG);
    }

    static ScopeSignals ofDevice() {
        return new ScopeSignals(DEVICE, Context::device, Scope::device, LOG_DEVICE_LONG);
    }

    @Override
    public boolean findsCandidates() {
        return false;
    }

    @Override
    public ReasonMessage reason(ReasonMessage.Facts facts) {
        return ReasonMessage.about(source().wireName(), value.apply(facts.context().context()));
    }

    @Override
    public Prepared prepare(SignalContext context) {
        String known = value.apply(context.context());
        Scope scope = known == null ? Scope.ALL : scopeOf.apply(known);
        ScopeCounts counts = known == null ? null : context.model().scoped().of(scope);
        Popularity.Visibility visibility = context.model().visibility();
        int last = signals().getLast().at();
        int first = signals().getFirst().at();
        return new Prepared(context) {
            @Override
            public void fill(ItemFacts item, float[] vector) {
                double days = 0;
                double hours = 0;
                int order = counts == null ? -1 : counts.order(item.item());
                if (counts != null && order >= 0 && visibility.shows(item.item(), scope)) {
                    hours =
                            item.isOwn()
                                    ? 0
                                    : counts.atOrder(order, ScopeCounts.SHORT, context.clock());
                    days = counts.atOrder(order, ScopeCounts.LONG, context.clock());
                }
                vector[first] = ItemFacts.log(item.bounded(hours));
                vector[last] = ItemFacts.log(item.bounded(days));
            }
        };
    }
}
