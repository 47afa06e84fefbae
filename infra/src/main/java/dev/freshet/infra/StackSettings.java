package dev.freshet.infra;

import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import software.constructs.Node;

/**
 * What the owner decides about a stack, each given as CDK context ({@code -c stage=prod}).
 *
 * @param stage {@code stage}: dev or prod
 * @param modelId {@code modelId}: 1 to 64 letters, digits, {@code .}, {@code _} or {@code -}
 * @param stackName {@code stackName}: the CloudFormation stack's name; another name is another
 *     tenant
 * @param eventShards {@code eventShards}: 1 to 500; each takes 1,000 events or 1 MB a second
 * @param fanOut {@code fanOut}: whether the functions get enhanced fan-out, ≈ 70 ms in place of ≈
 *     200 ms and more (costs $0.015 an hour for each shard and stream, and $0.013 a GB, in
 *     us-east-1)
 * @param requestRate {@code requestRate}: requests a second that the API takes in all
 * @param requestBurst {@code requestBurst}: requests at once
 * @param alarmEmail {@code alarmEmail}: who is told of alarms
 * @param embedder {@code embedder}: what turns items' texts into vectors: minilm (within the
 *     catalogue's function), bedrock (Titan Text Embeddings V2, which has to be enabled in the
 *     region) or none
 * @param strengths {@code strengths}: a JSON object that overrides how much events of a type weigh
 * @param blend {@code blend}: how the sources' scores become one; stacking where nothing is said
 * @param consumer {@code consumer}: who reads the streams, functions or worker
 * @param workers {@code workers}: 1 to 100 worker tasks, where the worker reads; they share the
 *     shards
 * @param entrance how callers are let in
 * @param pseudonymiseIds {@code pseudonymiseIds}: whether persons' ids are replaced at the door,
 *     under a key of their own, before anything is stored; not to be changed while there is anybody
 * @param retention how many days each store keeps what it holds
 * @param protection how carefully it is guarded: key, tracing, protection, logs
 */
record StackSettings(
        Stage stage,
        String modelId,
        String stackName,
        int eventShards,
        boolean fanOut,
        int requestRate,
        int requestBurst,
        Optional<String> alarmEmail,
        EmbedderChoice embedder,
        Optional<String> strengths,
        Optional<String> blend,
        ConsumerChoice consumer,
        int workers,
        AccessSettings entrance,
        ProtectionSettings protection,
        RetentionSettings retention,
        boolean pseudonymiseIds) {
    private static final Set<String> BLENDS = Set.of("stacking", "weighted", "switching");
    private static final Pattern MODEL_ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Pattern STACK_NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]{0,127}");

    StackSettings {
        require(
                MODEL_ID.matcher(modelId).matches(),
                "modelId must be 1 to 64 letters, digits, '.', '_' or '-'");
        require(
                STACK_NAME.matcher(stackName).matches(),
                "stackName must be a letter, then letters, digits or '-'");
        require(eventShards >= 1 && eventShards <= 500, "eventShards must be 1 to 500");
        require(
                alarmEmail.map(email -> email.contains("@")).orElse(true),
                "alarmEmail must be an address");
        require(
                strengths.map(json -> json.startsWith("{") && json.endsWith("}")).orElse(true),
                "strengths must be a JSON object");
        require(
                blend.map(BLENDS::contains).orElse(true),
                "blend must be stacking, weighted or switching");
        require(workers >= 1 && workers <= 100, "workers must be 1 to 100");
        require(
                consumer == ConsumerChoice.FUNCTIONS || !fanOut,
                "fanOut is for functions: with consumer worker it must be false");
    }

    /**
     * Reads the context, with a default for each.
     *
     * @throws IllegalArgumentException with a sentence that names the setting
     */
    static StackSettings from(Node node) {
        CdkContext context = new CdkContext(node);
        Stage stage = stage(context.text("stage").orElse("dev"));
        ProtectionSettings protection = ProtectionSettings.from(context, stage);
        var whole =
                new AccessSettings.Pace(
                                context.number("requestRate", 1_000),
                                context.number("requestBurst", 2_000))
                        .checked("request");
        return new StackSettings(
                stage,
                context.text("modelId").orElse("main"),
                context.text("stackName").orElse("freshet-" + stage.wireName()),
                context.number("eventShards", 1),
                context.flag("fanOut", false),
                whole.rate(),
                whole.burst(),
                context.text("alarmEmail"),
                embedder(context.text("embedder").orElse(EmbedderChoice.MINILM.wireName())),
                context.text("strengths"),
                context.text("blend"),
                consumer(context.text("consumer").orElse(ConsumerChoice.FUNCTIONS.wireName())),
                context.number("workers", 1),
                AccessSettings.from(context, stage, whole),
                protection,
                RetentionSettings.from(context, stage, protection.protection()),
                context.flag("pseudonymiseIds", false));
    }

    private static Stage stage(String name) {
        return Arrays.stream(Stage.values())
                .filter(stage -> stage.wireName().equals(name))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "stage must be one of "
                                                + Arrays.stream(Stage.values())
                                                        .map(Stage::wireName)
                                                        .collect(Collectors.joining(", "))
                                                + ", not '"
                                                + name
                                                + "'"));
    }

    private static ConsumerChoice consumer(String name) {
        return ConsumerChoice.of(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "consumer must be one of "
                                                + ConsumerChoice.names()
                                                + ", not '"
                                                + name
                                                + "'"));
    }

    private static EmbedderChoice embedder(String name) {
        return EmbedderChoice.of(name)
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "embedder must be one of "
                                                + EmbedderChoice.names()
                                                + ", not '"
                                                + name
                                                + "'"));
    }

    private static void require(boolean holds, String sentence) {
        if (!holds) {
            throw new IllegalArgumentException(sentence);
        }
    }
}
