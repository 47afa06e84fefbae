package dev.freshet.example;

import dev.freshet.event.Context;
import org.jspecify.annotations.Nullable;

/**
 * Where and when a user acted, as far as the model learns from it.
 *
 * @param country alpha-2, or null
 * @param device null if unknown
 * @param localHour 0 to 23, or −1
 */
public record ExampleContext(@Nullable String country, @Nullable String device, int localHour) {
    /** Nothing is known. */
    public static final ExampleContext UNKNOWN = new ExampleContext(null, null, -1);

    /** Returns the circumstances of an event. */
    public static ExampleContext of(Context context) {
        Integer localHour = context.localHour();
        return new ExampleContext(
                context.country(), context.device(), localHour == null ? -1 : localHour);
    }

    /** Returns the context of a request in these circumstances. */
    public Context context() {
        return Context.of(device, country, localHour < 0 ? null : localHour);
    }
}
