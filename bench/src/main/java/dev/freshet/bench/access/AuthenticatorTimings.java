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
 * Three gateways over the same routes and functions that answer immediately, so that they differ in
 * access control only: without an authorizer, with cached grants, and with an authorizer call for
 * each request. The authorizer is the production one, with its table.
 */
final class AuthenticatorTimings implements AutoCloseable {

    /** Access control of a gateway. */
    enum AccessMode {
        OPEN("no authorizer"),
        REMEMBERED("authorizer, cached"),
        ASKED("authorizer, not cached");

        private final String label;

        AccessMode(String label) {
            this.label = label;
        }

        String label() {
            return label;
        }
    }

    private static final String PATH = "/v1/trending";
    private static final Invocation AT_ONCE =
            new Invocation.Answer("{\"statusCode\":200,\"body\":\"{}\"}");

    private final LocalCloud real;
    private final Map<AccessMode, Gateway> gateways = new EnumMap<>(AccessMode.class);
    private final Map<AccessMode, FreshetClient> clients = new EnumMap<>(AccessMode.class);

    /**
     * Starts the gateways.
     *
     * @param real cloud whose authorizer and keys are used
     * @param template template of that cloud
     * @param messages receives messages of the gateways
     */
    AuthenticatorTimings(
            LocalCloud real, Cloud template, InstantSource clock, Consumer<String> messages) {
        this.real = real;
        for (AccessMode target : AccessMode.values()) {
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
                            messages);
            gateway.start();
            gateways.put(target, gateway);
            clients.put(
                    target,
                    new FreshetClient(gateway.uri(), real.ownerKeys().map(keys -> keys.secret())));
        }
    }

    private static Route guarded(Route route, AccessMode target) {
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
                                                            each.ofRequests(),
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
     * Sends the given number of requests to each gateway, one at a time and alternating, with each
     * gateway equally often first.
     *
     * @return the latencies of each
     * @throws IllegalStateException if a request is refused
     */
    Map<AccessMode, Latencies> ask(int times, LongConsumer done) {
        Map<AccessMode, Latencies> taken = new EnumMap<>(AccessMode.class);
        for (AccessMode target : AccessMode.values()) {
            taken.put(target, new Latencies());
        }
        for (int turn = 1; turn <= times; turn++) {
            for (int i = 0; i < AccessMode.values().length; i++) {
                AccessMode target = AccessMode.values()[(turn + i) % AccessMode.values().length];
                var answer = Objects.requireNonNull(clients.get(target)).get(PATH);
                if (!answer.ok()) {
                    throw new IllegalStateException(target.label() + ": " + answer.problem());
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
