package dev.freshet.recommend;

import dev.freshet.event.UserIdentity;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.profile.CountedUsers;
import dev.freshet.profile.UserProfile;
import dev.freshet.profile.Users;
import dev.freshet.store.StoreUnavailableException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The first stage of the read flow: reads the user's profile and rows in parallel, within a time
 * budget. A store that is late or down is named in {@link HydratedUser#missing}, and the response
 * is made without it.
 *
 * <p>Costs one query and a get for each id of the request; a second query only where the profile
 * names aliases that the request did not, a further get only for an id that is an alias, because
 * its user may have refused consent. Reads run on virtual threads, at most {@value #MAX_READS} at a
 * time. When the budget is spent, the reads of one response end in the background ({@link
 * LateReads}) and all others are interrupted. Stores that are late again and again are skipped for
 * a while ({@link CircuitBreaker}).
 */
public final class Hydrator {
    /** Most rows read of one user, impressions included. */
    public static final int MAX_ROWS = 300;

    /** Most reads that run at a time in one process; beyond that the stage is left out at once. */
    public static final int MAX_READS = 256;

    /**
     * The time without reads after which connections count as closed. Within Lambda a process is
     * frozen between requests and closes nothing; the service at the other end does, after an idle
     * time of its own that is not documented.
     */
    public static final Duration IDLE = Duration.ofSeconds(20);

    private static final List<String> LEFT_ALONE = List.of("profile-busy", "history-busy");
    private static final Comparator<StoredInteraction> NEWEST_FIRST =
            Comparator.comparing(StoredInteraction::correctedAt).reversed();

    /** The end of the time that the reads of one request may take together. */
    static final class ReadDeadline {
        private static final Logger LOG = LoggerFactory.getLogger(ReadDeadline.class);

        private final long start = System.nanoTime();
        private final long nanos;
        private final List<Future<?>> late = new ArrayList<>();

        /** Starts the time. */
        ReadDeadline(Duration budget) {
            nanos = budget.toNanos();
        }

        /**
         * Returns the result of a read, or a substitute where the read failed or did not end in
         * time.
         *
         * @param what the name of the read
         * @param missing receives the name of a read without a result, followed by the reason:
         *     {@code -late}, {@code -busy}, {@code -unavailable} or {@code -failed}
         */
        <T> T await(Future<T> read, String what, T otherwise, List<String> missing) {
            try {
                long left = nanos - (System.nanoTime() - start);
                return read.get(Math.max(left, 0), TimeUnit.NANOSECONDS);
            } catch (TimeoutException spent) {
                late.add(read);
                missing.add(what + "-late");
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                late.add(read);
                missing.add(what + "-late");
            } catch (ExecutionException failed) {
                missing.add(what + codeOf(what, failed.getCause()));
            }
            return otherwise;
        }

        /** Returns the reads that did not end in time. They go on. */
        List<Future<?>> late() {
            return List.copyOf(late);
        }

        private static String codeOf(String what, @Nullable Throwable cause) {
            return switch (cause) {
                case RejectedExecutionException busy -> "-busy";
                case StoreUnavailableException down -> {
                    LOG.warn("The {} could not be read", what, down);
                    yield "-unavailable";
                }
                case null, default -> {
                    LOG.error("Reading the {} failed for a reason that is ours", what, cause);
                    yield "-failed";
                }
            };
        }
    }

    /**
     * The time that stores are given.
     *
     * @param usual for each request
     * @param first until one read has succeeded after a start, a restore or {@link #IDLE}: the
     *     connection is still to be opened
     */
    public record Budget(Duration usual, Duration first) {
        public static final Budget DEFAULT =
                new Budget(Duration.ofMillis(30), Duration.ofSeconds(2));

        /** For lists that nobody waits for, where a list without its user is worse than a wait. */
        public static final Budget PATIENT =
                new Budget(Duration.ofSeconds(2), Duration.ofSeconds(5));

        /** For stores that are emulated on the same machine. */
        public static final Budget EMULATED =
                new Budget(Duration.ofMillis(250), Duration.ofSeconds(2));
    }

    private final Interactions interactions;
    private final Users users;
    private final Budget budget;
    private final InstantSource clock;
    private final UnaryOperator<String> ids;
    private final CountedUsers counted;
    private final Semaphore reads = new Semaphore(MAX_READS);
    private final CircuitBreaker breaker = new CircuitBreaker();
    private final LateReads lateReads = new LateReads();
    private volatile Instant lastReadAt = Instant.EPOCH;
    private volatile boolean connected;

    /** Creates a hydrator that reads users under their own ids. */
    public Hydrator(Interactions interactions, Users users, Budget budget, InstantSource clock) {
        this(interactions, users, budget, clock, UnaryOperator.identity(), CountedUsers.ALL);
    }

    /**
     * Creates a hydrator that replaces user ids, and knows whose lists count.
     *
     * @param clock the time of day, which goes on while a process is frozen; a monotonic clock may
     *     stand still with it
     * @param ids maps an id to what is stored in its place, as {@link dev.freshet.access.IdMask}
     */
    public Hydrator(
            Interactions interactions,
            Users users,
            Budget budget,
            InstantSource clock,
            UnaryOperator<String> ids,
            CountedUsers counted) {
        this.ids = ids;
        this.counted = counted;
        this.clock = clock;
        this.interactions = interactions;
        this.users = users;
        this.budget = budget;
    }

    /**
     * Gives the next reads the budget of first ones; to be called after a restore, when connections
     * are gone.
     */
    public void reconnect() {
        connected = false;
        breaker.end();
    }

    /** Starts the reads; the caller goes on until {@link Hydration#await}. */
    Hydration begin(@Nullable UserIdentity asked) {
        if (asked == null) {
            return () -> HydratedUser.NOBODY;
        }
        UserIdentity user = asked.under(ids);
        if ((breaker.isOpen() && lateReads.underWay()) || !breaker.asks(System.nanoTime())) {
            return () ->
                    HydratedUser.of(UserProfile.absent(user.id()), List.of(), List.of(), LEFT_ALONE)
                            .counted(counted, clock.instant());
        }
        ReadDeadline deadline = new ReadDeadline(budgetNow());
        List<String> ids = idsOf(user);
        List<Future<UserProfile>> profiles = profiles(ids);
        Future<List<StoredInteraction>> rows = start(() -> interactions.latest(ids, MAX_ROWS));
        return () -> join(ids, profiles, rows, deadline);
    }

    private Duration budgetNow() {
        Instant now = clock.instant();
        if (now.isAfter(lastReadAt.plus(IDLE))) {
            connected = false;
        }
        lastReadAt = now;
        return connected ? budget.usual : budget.first;
    }

    /** Reads that were started. */
    interface Hydration {
        /**
         * Returns what the stores returned, at the latest when the budget is spent. Called once.
         */
        HydratedUser await();
    }

    private HydratedUser join(
            List<String> ids,
            List<Future<UserProfile>> profileReads,
            Future<List<StoredInteraction>> rowsRead,
            ReadDeadline deadline) {
        List<String> missing = new ArrayList<>();
        List<UserProfile> profiles = new ArrayList<>();
        for (int i = 0; i < ids.size(); i++) {
            profiles.add(
                    deadline.await(
                            profileReads.get(i),
                            i == 0 ? "profile" : "anonymous-profile",
                            UserProfile.absent(ids.get(i)),
                            missing));
        }
        UserProfile profile = profiles.getFirst();
        Set<String> aliases = new LinkedHashSet<>(profile.latestAliases());
        ids.forEach(aliases::remove);
        Future<List<StoredInteraction>> aliasRead =
                aliases.isEmpty()
                        ? null
                        : start(() -> interactions.latest(List.copyOf(aliases), MAX_ROWS));
        List<String> owners = owners(ids, profiles);
        List<Future<UserProfile>> ownerReads = profiles(owners);
        List<StoredInteraction> rows = deadline.await(rowsRead, "history", List.of(), missing);
        if (aliasRead != null) {
            rows = newest(rows, deadline.await(aliasRead, "alias-history", List.of(), missing));
        }
        for (int i = 0; i < owners.size(); i++) {
            profiles.add(
                    deadline.await(
                            ownerReads.get(i),
                            "owners-profile",
                            UserProfile.absent(owners.get(i)),
                            missing));
        }
        breaker.answered(missing.isEmpty(), System.nanoTime());
        lateReads.letEnd(deadline.late(), () -> breaker.succeededLate(System.nanoTime()));
        if (missing.isEmpty()) {
            connected = true;
        }
        return HydratedUser.of(profile, profiles.subList(1, profiles.size()), rows, missing)
                .counted(counted, clock.instant());
    }

    private List<Future<UserProfile>> profiles(List<String> of) {
        return of.stream().map(id -> start(() -> users.get(id))).toList();
    }

    /** Returns the users of whom these profiles are aliases, without those of the request. */
    private static List<String> owners(List<String> ids, List<UserProfile> profiles) {
        List<String> owners = new ArrayList<>();
        for (UserProfile each : profiles) {
            String owner = each.aliasOf();
            if (owner != null && !ids.contains(owner) && !owners.contains(owner)) {
                owners.add(owner);
            }
        }
        return owners;
    }

    private static List<String> idsOf(UserIdentity user) {
        Set<String> ids = new LinkedHashSet<>();
        ids.add(user.id());
        if (user.anonymousId() != null) {
            ids.add(user.anonymousId());
        }
        return List.copyOf(ids);
    }

    private static List<StoredInteraction> newest(
            List<StoredInteraction> some, List<StoredInteraction> others) {
        List<StoredInteraction> all = new ArrayList<>(some);
        all.addAll(others);
        all.sort(NEWEST_FIRST);
        return all.size() > MAX_ROWS ? all.subList(0, MAX_ROWS) : all;
    }

    private <T> Future<T> start(Callable<T> read) {
        if (!reads.tryAcquire()) {
            return CompletableFuture.failedFuture(
                    new RejectedExecutionException("too many reads under way"));
        }
        FutureTask<T> task = new FutureTask<>(read);
        Thread.ofVirtual()
                .name("hydrate")
                .start(
                        () -> {
                            try {
                                task.run();
                            } finally {
                                reads.release();
                            }
                        });
        return task;
    }
}
