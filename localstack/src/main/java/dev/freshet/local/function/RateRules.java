package dev.freshet.local.function;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.local.template.Arns;
import dev.freshet.local.template.Cloud.Schedule;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Local replacement of EventBridge's rules: invokes functions at fixed rates, first after one
 * interval. Invocations of a rule never overlap: if one takes longer than the interval, the next
 * follows immediately.
 */
public final class RateRules implements AutoCloseable {

    private final ScheduledExecutorService timer =
            Executors.newScheduledThreadPool(
                    1, Thread.ofPlatform().daemon().name("rules-", 0).factory());
    private final Map<String, LocalFunction> functions;
    private final InstantSource clock;
    private final Supplier<String> ids;

    public RateRules(
            Map<String, LocalFunction> functions, InstantSource clock, Supplier<String> ids) {
        this.functions = Map.copyOf(functions);
        this.clock = clock;
        this.ids = ids;
    }

    /** Starts a rule. */
    public void start(Schedule rule) {
        long millis = rule.every().toMillis();
        for (String name : rule.functions()) {
            LocalFunction function = functions.get(name);
            if (function != null) {
                var _ =
                        timer.scheduleAtFixedRate(
                                () -> fire(rule, function), millis, millis, TimeUnit.MILLISECONDS);
            }
        }
    }

    private void fire(Schedule rule, LocalFunction function) {
        try {
            var _ = function.invoke(event(rule));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String event(Schedule rule) {
        ObjectNode event = JsonNodeFactory.instance.objectNode();
        event.put("version", "0")
                .put("id", ids.get())
                .put("detail-type", "Scheduled Event")
                .put("source", "aws.events")
                .put("account", Arns.ACCOUNT)
                .put("time", clock.instant().truncatedTo(ChronoUnit.SECONDS).toString())
                .put("region", Arns.REGION);
        event.putArray("resources").add(Arns.of("events", "rule/" + rule.name()));
        event.putObject("detail");
        return event.toString();
    }

    @Override
    public void close() {
        timer.shutdownNow();
    }
}
