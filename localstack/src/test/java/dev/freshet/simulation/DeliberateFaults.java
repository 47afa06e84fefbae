package dev.freshet.simulation;

import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions;
import dev.freshet.features.Quarantine;
import dev.freshet.features.StoredInteraction;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.simulation.SimulationContext.Fault;
import dev.freshet.testkit.ForwardingInteractions;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Faults injected into a world deliberately, in addition to the random ones, and their repair. */
final class DeliberateFaults {
    private final World world;
    private final SimulationContext nature;
    private final RandomGenerator random;
    private final Consumer<String> violations;
    private final Map<ShardPosition, byte[]> poisoned = new HashMap<>();
    private final Map<String, Runnable> damaged = new HashMap<>();
    private final Set<String> throwsOn = new HashSet<>();
    private double throwing;

    /** How often records are poisoned, shards split or merged, and objects damaged. */
    int poison;

    int reshards;
    int damages;

    /** How often other mappings take over. */
    int readers;

    private boolean everDamaged;
    private int atWork;
    private @Nullable MalformedAnswer spoilt;
    private int spoiltAnswers;
    private boolean repaired;

    /** Kinds of malformed answers; the last one reads as success. */
    private enum MalformedAnswer {
        MORE_THAN_THE_LOWEST,
        A_BLANK_BESIDE,
        INNER_KEY_MISSPELT,
        OUTER_KEY_MISSPELT
    }

    DeliberateFaults(World world, Consumer<String> violations) {
        this.world = world;
        this.nature = world.nature;
        this.random = nature.random;
        this.violations = violations;
    }

    void throwing(double share) {
        throwing = share;
        world.interactionsBug = this::throwsNowAndThen;
    }

    void spoil() {
        spoilt = MalformedAnswer.values()[random.nextInt(MalformedAnswer.values().length)];
        world.features.spoil(this::spoil);
        world.train.spoil(this::spoil);
    }

    void begin() {
        now(poison, this::poisonOne);
        now(
                reshards,
                () -> {
                    nature.count(Fault.RESHARDED);
                    world.events.reshard();
                });
        now(damages, this::damageOne);
        now(
                readers,
                () -> {
                    world.features = world.features.successor();
                    world.train = world.train.successor();
                });
    }

    private void now(int times, Runnable action) {
        if (times == 0) {
            return;
        }
        atWork++;
        nature.scheduler.start(
                () -> {
                    for (int i = 0; i < times; i++) {
                        nature.scheduler.sleep(Duration.ofMillis(random.nextLong(6_000)));
                        action.run();
                    }
                    atWork--;
                });
    }

    boolean done() {
        return atWork == 0;
    }

    /** Repairs everything that can be repaired manually. */
    void end() {
        damaged.values().forEach(Runnable::run);
        damaged.clear();
        repaired = true;
        if (spoilt != null) {
            world.features.spoil(Mapping.AnswerModifier.NONE);
            world.train.spoil(Mapping.AnswerModifier.NONE);
        }
    }

    private void poisonOne() {
        nature.count(Fault.POISON);
        byte[] bytes = poisonBytes();
        if (random.nextInt(4) == 0) {
            Stream.Held held = world.examples.put("examples", bytes, nature.clock.instant());
            poisoned.put(world.examples.position(held), bytes);
        } else {
            Stream.Held held =
                    world.events.put("user-" + random.nextInt(8), bytes, nature.clock.instant());
            poisoned.put(world.events.position(held), bytes);
        }
    }

    private byte[] poisonBytes() {
        byte[] sound =
                world.events.size() == 0
                        ? new byte[] {1, 2, 3}
                        : world.events.all().get(random.nextInt(world.events.size())).data();
        return switch (random.nextInt(6)) {
            case 0 -> "no event".getBytes(StandardCharsets.UTF_8);
            case 1 -> unknownSchema(sound);
            case 2 -> Arrays.copyOf(sound, sound.length / 2);
            case 3 -> "{\"value\":NaN}".getBytes(StandardCharsets.UTF_8);
            case 4 -> "x".repeat(60_000).getBytes(StandardCharsets.UTF_8);
            default -> "[".repeat(5_000).getBytes(StandardCharsets.UTF_8);
        };
    }

    /**
     * Returns a record of an unknown schema. Avro's single-object encoding begins with two marker
     * bytes and the fingerprint of the schema.
     */
    private static byte[] unknownSchema(byte[] sound) {
        byte[] other = sound.clone();
        for (int i = 2; i < Math.min(10, other.length); i++) {
            other[i] = (byte) (0x5A + i);
        }
        return other;
    }

    /**
     * Returns a store whose code throws on some events until it is repaired: before the row was
     * put, after it, or when the record is redelivered.
     */
    private Interactions throwsNowAndThen(Interactions sound) {
        return new ForwardingInteractions(sound) {
            @Override
            public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
                boolean known = throwsOn.contains(row.eventId());
                if (!repaired && (known || random.nextDouble() < throwing)) {
                    throwsOn.add(row.eventId());
                    nature.count(Fault.POISON);
                    if (random.nextBoolean()) {
                        sound.putIfAbsent(row, retryOf);
                    }
                    throw new IllegalArgumentException("a bug of this version");
                }
                return sound.putIfAbsent(row, retryOf);
            }
        };
    }

    private String spoil(String answer, ShardBatch batch) {
        if (!answer.contains("itemIdentifier")) {
            return answer;
        }
        nature.count(Fault.SPOILT_ANSWER);
        spoiltAnswers++;
        return switch (Objects.requireNonNull(spoilt)) {
            case MORE_THAN_THE_LOWEST ->
                    "{\"batchItemFailures\":[{\"itemIdentifier\":\""
                            + batch.last().sequenceNumber()
                            + "\"},"
                            + answer.substring(answer.indexOf('[') + 1);
            case A_BLANK_BESIDE ->
                    "{\"batchItemFailures\":[{\"itemIdentifier\":\"\"},"
                            + answer.substring(answer.indexOf('[') + 1);
            case INNER_KEY_MISSPELT -> answer.replace("itemIdentifier", "itemIdentifer");
            case OUTER_KEY_MISSPELT -> answer.replace("batchItemFailures", "batchItemFailure");
        };
    }

    private void damageOne() {
        List<String> keys = world.objects.keys();
        if (keys.isEmpty()) {
            return;
        }
        everDamaged = true;
        String key = keys.get(random.nextInt(keys.size()));
        if (!damaged.containsKey(key)) {
            damaged.put(key, world.objects.damage(key));
        }
    }

    /** Returns whether objects of the model log were damaged at any time. */
    boolean everDamaged() {
        return everDamaged;
    }

    /** Retries the quarantine, as the owner does after the code is repaired. */
    void retryQuarantine() {
        lookAtQuarantine();
        atWork++;
        nature.scheduler.start(
                () -> {
                    try {
                        world.retryQuarantine();
                    } catch (Death dead) {
                        // the next attempt continues
                    } finally {
                        atWork--;
                    }
                });
    }

    private void lookAtQuarantine() {
        for (Quarantine.Entry entry : world.quarantine.entries()) {
            byte[] bytes = poisoned.get(entry.position());
            if (bytes != null && !Arrays.equals(bytes, entry.payload())) {
                violations.accept("quarantine keeps another payload of " + entry.position());
            }
            if (!entry.reason().matches("[a-z-]+: .*")) {
                violations.accept("quarantine gives no reason for " + entry.position());
            }
        }
        poisoned.keySet().stream()
                .filter(
                        place ->
                                world.quarantine.entries().stream()
                                        .noneMatch(entry -> entry.position().equals(place)))
                .forEach(place -> violations.accept("poison is not in quarantine: " + place));
    }

    /**
     * Returns the differences that count as failures. If a misspelt answer was read as success, the
     * lost records must have been detected, and then their loss is expected.
     */
    List<String> judged(List<String> differences) {
        if (spoilt != MalformedAnswer.OUTER_KEY_MISSPELT || spoiltAnswers == 0) {
            return differences;
        }
        return differences.isEmpty()
                ? List.of(spoiltAnswers + " misspelt answers lost records, and nothing was found")
                : List.of();
    }
}
