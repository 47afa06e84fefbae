package dev.freshet.simulation;

import dev.freshet.event.EventType;
import dev.freshet.event.ShardPosition;
import dev.freshet.features.Interactions;
import dev.freshet.features.StoredInteraction;
import dev.freshet.local.mapping.ShardBatch;
import dev.freshet.quarantine.Quarantine;
import dev.freshet.simulation.Nature.Fault;
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

/** What is done to a world on purpose beside the weather, and how it is made good again. */
final class Misdeeds {
    private final World world;
    private final Nature nature;
    private final RandomGenerator random;
    private final Consumer<String> complain;
    private final Map<ShardPosition, byte[]> poisoned = new HashMap<>();
    private final Map<String, Runnable> damaged = new HashMap<>();
    private final Set<String> throwsOn = new HashSet<>();
    private double throwing;
    private int poison;
    private int reshards;
    private int damages;
    private boolean everDamaged;
    private int atWork;
    private @Nullable Spoilt spoilt;
    private int spoiltAnswers;
    private boolean mended;

    /** Ways in which an answer can be wrong; the last one reads as success. */
    private enum Spoilt {
        MORE_THAN_THE_LOWEST,
        A_BLANK_BESIDE,
        INNER_KEY_MISSPELT,
        OUTER_KEY_MISSPELT
    }

    Misdeeds(World world, Consumer<String> complain) {
        this.world = world;
        this.nature = world.nature;
        this.random = nature.random;
        this.complain = complain;
    }

    void poison(int records) {
        poison = records;
    }

    void throwing(double share) {
        throwing = share;
        world.interactionsBug = this::throwsNowAndThen;
    }

    void spoil() {
        spoilt = Spoilt.values()[random.nextInt(Spoilt.values().length)];
        world.features.spoilt(this::spoil);
        world.train.spoilt(this::spoil);
    }

    void reshards(int times) {
        reshards = times;
    }

    void damages(int times) {
        damages = times;
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
    }

    private void now(int times, Runnable deed) {
        if (times == 0) {
            return;
        }
        atWork++;
        nature.scheduler.start(
                () -> {
                    for (int i = 0; i < times; i++) {
                        nature.scheduler.waiting(Duration.ofMillis(random.nextLong(6_000)));
                        deed.run();
                    }
                    atWork--;
                });
    }

    boolean done() {
        return atWork == 0;
    }

    /** Everything is repaired, as far as hands can. */
    void end() {
        damaged.values().forEach(Runnable::run);
        damaged.clear();
        mended = true;
        if (spoilt != null) {
            world.features.spoilt(Mapping.Spoiler.NONE);
            world.train.spoilt(Mapping.Spoiler.NONE);
        }
    }

    private void poisonOne() {
        nature.count(Fault.POISON);
        byte[] bytes = poisonBytes();
        if (random.nextInt(4) == 0) {
            Stream.Held held = world.examples.put("examples", bytes, nature.clock.instant());
            poisoned.put(place(world.examples, held), bytes);
        } else {
            Stream.Held held =
                    world.events.put("user-" + random.nextInt(8), bytes, nature.clock.instant());
            poisoned.put(place(world.events, held), bytes);
        }
    }

    private static ShardPosition place(Stream stream, Stream.Held held) {
        return new ShardPosition(stream.name + "/" + held.shard(), held.record().sequenceNumber());
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

    /** Avro's single-object encoding has two marker bytes, then the fingerprint of the schema. */
    private static byte[] unknownSchema(byte[] sound) {
        byte[] other = sound.clone();
        for (int i = 2; i < Math.min(10, other.length); i++) {
            other[i] = (byte) (0x5A + i);
        }
        return other;
    }

    /**
     * Code that throws on some events until it is mended: before it put the row, after, or when the
     * record comes again. Of an impression not between its row and its count: there a retry cannot
     * tell whether it was counted, and then does not count it ({@code ShownCount}).
     */
    private Interactions throwsNowAndThen(Interactions sound) {
        return new ForwardingInteractions(sound) {
            @Override
            public Put putIfAbsent(StoredInteraction row, @Nullable ShardPosition retryOf) {
                boolean known = throwsOn.contains(row.eventId());
                if (!mended && (known || random.nextDouble() < throwing)) {
                    throwsOn.add(row.eventId());
                    nature.count(Fault.POISON);
                    if (row.type() != EventType.IMPRESSION && random.nextBoolean()) {
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

    /** Whether objects of the model log were damaged at any time. */
    boolean everDamaged() {
        return everDamaged;
    }

    /** What the owner does once the code is mended. */
    void retryQuarantine() {
        lookAtQuarantine();
        atWork++;
        nature.scheduler.start(
                () -> {
                    try {
                        world.retryQuarantine();
                    } catch (Death dead) {
                        // the next try goes on
                    } finally {
                        atWork--;
                    }
                });
    }

    private void lookAtQuarantine() {
        for (Quarantine.Entry entry : world.quarantine.entries()) {
            byte[] bytes = poisoned.get(entry.position());
            if (bytes != null && !Arrays.equals(bytes, entry.payload())) {
                complain.accept("quarantine keeps another payload of " + entry.position());
            }
            if (!entry.reason().matches("[a-z-]+: .*")) {
                complain.accept("quarantine gives no reason for " + entry.position());
            }
        }
        poisoned.keySet().stream()
                .filter(
                        place ->
                                world.quarantine.entries().stream()
                                        .noneMatch(entry -> entry.position().equals(place)))
                .forEach(place -> complain.accept("poison is not in quarantine: " + place));
    }

    /**
     * The differences as they count: where a misspelt answer read as success, what is lost must
     * have been found, and then it is as it should be.
     */
    List<String> judged(List<String> differences) {
        if (spoilt != Spoilt.OUTER_KEY_MISSPELT || spoiltAnswers == 0) {
            return differences;
        }
        return differences.isEmpty()
                ? List.of(spoiltAnswers + " misspelt answers lost records, and nothing was found")
                : List.of();
    }
}
