package dev.freshet.bench.access;

import dev.freshet.cli.client.FreshetClient;
import dev.freshet.demo.Latencies;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.function.Invocation;
import dev.freshet.local.gateway.Gateway;
import dev.freshet.local.gateway.UsagePlanLimits;
import dev.freshet.local.template.Cloud;
import dev.freshet.local.template.Cloud.Authorizer;
import dev.freshet.local.template.Cloud.Route;
import dev.freshet.local.template.Cloud.UsagePlan;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * Three gateways over the same routes and functions that answer at once, so that nothing but the
 * door differs: open; guarded, with the answer about a key remembered; guarded, and asked anew each
 * time. The authorizer is the real one, with its table.
 */
final class AuthenticatorTimings implements AutoCloseable {

    /** How a gateway is guarded. */
    enum Door {
        OPEN("no authorizer"),
        REMEMBERED("authorizer, cached"),
        ASKED("authorizer, asked anew");

        private final String words;

        Door(String words) {
            this.words = words;
        }

        String words() {
            return words;
        }
    }

    private static final String PATH = "/v1/trending";
    private static final Invocation AT_ONCE =
            new Invocation.Answer("{\"statusCode\":200,\"body\":\"{}\"}");

    private final LocalCloud real;
    private final Map<Door, Gateway> gateways = new EnumMap<>(Door.class);
    private final Map<Door, FreshetClient> clients = new EnumMap<>(Door.class);

    /**
     * Opens them.
     *
     * @param real whose authorizer and keys are used
     * @param template that it was made from
     */
    AuthenticatorTimings(
            LocalCloud real, Cloud template, InstantSource clock, Consumer<String> tell) {
        this.real = real;
        for (Door target : Door.values()) {
            UsagePlan ample = new UsagePlan("ample", 1e9, Integer.MAX_VALUE);
            Gateway gateway =
                    new Gateway(
                            0,
                            template.api(),
                            template.routes().stream()
                                    .map(route -> guarded(route, target))
                                    .toList(),
                            Path.of("nowhere"),
                            this::invoke,
                            new UsagePlanLimits(
                                    List.of(ample), key -> Optional.of(ample.name()), false, clock),
                            () -> UUID.randomUUID().toString(),
                            clock,
                            tell);
            gateway.start();
            gateways.put(target, gateway);
            clients.put(
                    target,
                    new FreshetClient(gateway.uri(), real.ownerKeys().map(keys -> keys.secret())));
        }
    }

    private static Route guarded(Route route, Door target) {
        Optional<Authorizer> authorizer =
                switch (target) {
                    case OPEN -> Optional.empty();
                    case REMEMBERED -> route.authorizer();
                    case ASKED ->
                            route.authorizer()
                                    .map(
                                            each ->
                                                    new Authorizer(
                                                            each.function(),
                                                            each.header(),
                                                            each.wellFormed(),
                                                            Duration.ZERO));
                };
        return new Route(
                route.method(),
                route.path(),
                route.function(),
                route.operation(),
                route.shared(),
                authorizer,
                route.keyed());
    }

    private Invocation invoke(String function, String payload, Duration limit)
            throws InterruptedException {
        return function.equals("authorize") ? real.invoke(function, payload, limit) : AT_ONCE;
    }

    /**
     * Asks each in turn, so many times, each as often first; one request at a time.
     *
     * @return the times of each
     * @throws IllegalStateException if one is refused
     */
    Map<Door, Latencies> ask(int times, LongConsumer done) {
        Map<Door, Latencies> taken = new EnumMap<>(Door.class);
        for (Door target : Door.values()) {
            taken.put(target, new Latencies());
        }
        for (int turn = 1; turn <= times; turn++) {
            for (int i = 0; i < Door.values().length; i++) {
                Door target = Door.values()[(turn + i) % Door.values().length];
                var answer = Objects.requireNonNull(clients.get(target)).get(PATH);
                if (!answer.ok()) {
                    throw new IllegalStateException(target.words() + ": " + answer.problem());
                }
                Objects.requireNonNull(taken.get(target)).add(answer.took());
            }
            done.accept(turn);
        }
        return taken;
    }

    @Override
    public void close() {
        clients.values().forEach(FreshetClient::close);
        gateways.values().forEach(Gateway::close);
    }
}
