package dev.freshet.model.signal;

import dev.freshet.model.popularity.Scope;
import dev.freshet.model.popularity.ScopeCounts;
import dev.freshet.model.popularity.Visibility;
import java.util.List;

/** How often items were interacted with on the user's kind of device. Costs no preparation. */
public final class DeviceSignals implements SignalFamily {
    public static final Source SOURCE = new Source(8, "device");

    /** ln of the device's decayed count at three days; ln 0.02 where the device is not known. */
    public static final Signal LOG_DEVICE_LONG = Signal.of(23, "log-device-long", SOURCE);

    @Override
    public Source source() {
        return SOURCE;
    }

    @Override
    public List<Signal> signals() {
        return List.of(LOG_DEVICE_LONG);
    }

    @Override
    public boolean findsCandidates() {
        return false;
    }

    @Override
    public ReasonMessage reason(ReasonFacts facts) {
        return ReasonMessage.about("device", facts.context().context().device());
    }

    @Override
    public Prepared prepare(SignalContext context) {
        String device = context.context().device();
        Scope scope = device == null ? null : Scope.device(device);
        ScopeCounts counts = scope == null ? null : context.model().scoped().of(scope);
        Visibility visibility = context.model().visibility();
        return new Prepared() {
            @Override
            public void fill(ItemFacts item, float[] vector) {
                double days = 0;
                int order = counts == null ? -1 : counts.order(item.item());
                if (counts != null
                        && scope != null
                        && order >= 0
                        && visibility.shows(item.item(), scope)) {
                    days = counts.atOrder(order, ScopeCounts.LONG, context.clock());
                }
                vector[LOG_DEVICE_LONG.at()] = ItemFacts.log(item.bounded(days));
            }
        };
    }
}
