package dev.freshet.local;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Setting;
import dev.freshet.aws.Settings;
import dev.freshet.aws.dynamodb.DynamodbModelLogs;
import dev.freshet.aws.option.StackOptions;
import dev.freshet.aws.s3.S3ModelObjects;
import dev.freshet.model.Model;
import dev.freshet.model.blend.BlendState;
import dev.freshet.model.history.HistoryLength;
import dev.freshet.model.log.LogFollower;
import dev.freshet.model.log.ModelLog;
import dev.freshet.model.log.Replica;
import dev.freshet.model.settings.ModelSettings;
import dev.freshet.model.signal.Signal;
import dev.freshet.model.signal.SignalFamilies;
import dev.freshet.model.signal.SourceWeight;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;

/**
 * Writer of the newest model's blend into the status, and of how many events wait for items that
 * are not in the catalogue: for each history length, the weight and the measured performance of
 * each candidate source, and the weight of each signal. Reads the whole model log as a new replica
 * would, so it is too expensive to be called every second.
 */
final class BlendStatus {

    private BlendStatus() {}

    static void add(ObjectNode status, Settings settings, InstantSource clock) {
        try (Clients clients = new Clients(settings)) {
            DynamodbModelLogs logs =
                    new DynamodbModelLogs(
                            clients.enhancedDynamoDb(),
                            settings.text(Setting.MODELS_TABLE),
                            new S3ModelObjects(clients.s3(), settings.text(Setting.MODEL_BUCKET)),
                            settings.modelId(),
                            clock);
            String current = logs.glance().current();
            ModelLog log = logs.log(current);
            status.put("modelId", current);
            Replica.Versioned empty =
                    new Replica.Versioned(Model.empty(ModelSettings.DEFAULT), 0, Instant.EPOCH);
            Replica.Versioned newest =
                    new LogFollower(log, Runnable::run).follow(empty).versioned();
            status.put("waitingForCatalogue", newest.model().state().waiting().inOrder().size());
            write(
                    status.putObject("blend")
                            .put("strategy", settings.get(StackOptions.BLEND))
                            .put("version", newest.version()),
                    newest.model().blend());
        }
    }

    static void write(ObjectNode json, BlendState blend) {
        json.put("steps", blend.steps());
        ObjectNode situations = json.putObject("situations");
        for (HistoryLength historyLength : HistoryLength.values()) {
            ObjectNode one = situations.putObject(name(historyLength));
            ObjectNode sources = one.putObject("sources");
            for (SourceWeight sourceWeight : SourceWeight.of(blend, historyLength)) {
                sources.putObject(sourceWeight.source().wireName())
                        .put("weight", round(sourceWeight.weight()))
                        .put("performance", round(sourceWeight.performance()));
            }
            ObjectNode signals = one.putObject("signals");
            for (Signal signal : SignalFamilies.SIGNALS) {
                signals.put(signal.name(), round(blend.weight(historyLength.at(), signal.at())));
            }
        }
    }

    private static String name(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private static double round(double value) {
        return Math.round(value * 10_000) / 10_000.0;
    }
}
