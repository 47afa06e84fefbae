package dev.freshet.bench;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.bench.setup.Surroundings;
import dev.freshet.cli.Output;
import java.util.List;
import java.util.Locale;

/**
 * The result of {@code freshet bench coldstart}.
 *
 * @param runs starts of each kind
 * @param cacheBytes size of the ahead-of-time cache for Lambda's layout
 * @param imageCacheBytes size of the one for all jars on one class path
 */
record ColdStartReport(
        List<ColdStartKind> kinds,
        int runs,
        long seed,
        long modelVersion,
        long cacheBytes,
        long imageCacheBytes,
        Surroundings machine) {

    /** Prints the result as one object, or as a table. */
    void print(Output output) {
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.put("bench", "coldstart")
                .put("runs", runs)
                .put("seed", seed)
                .put("modelVersion", modelVersion)
                .put("aotCacheBytes", cacheBytes)
                .put("aotOneClassPathCacheBytes", imageCacheBytes);
        StringBuilder text =
                new StringBuilder(
                        String.format(
                                Locale.ROOT,
                                "%-24s%8s%8s%8s%16s%16s%n",
                                "first recommendation",
                                "median",
                                "min",
                                "max",
                                "initialisation",
                                "processor time"));
        for (ColdStartKind kind : kinds) {
            Spread answered = kind.answered();
            Spread ready = kind.ready();
            ObjectNode node = json.putObject(kind.name());
            node.set("firstAnswerMs", answered.toJson());
            node.set("readyMs", ready.toJson());
            node.set("processorMs", kind.worked().toJson());
            text.append(
                    String.format(
                            Locale.ROOT,
                            "%-24s%8d%8d%8d%16d%16d  ms%n",
                            kind.label(),
                            answered.median(),
                            answered.min(),
                            answered.max(),
                            ready.median(),
                            kind.worked().median()));
        }
        machine.writeTo(json);
        text.append(
                String.format(
                        Locale.ROOT,
                        "%d starts each; caches %.1f and %.1f MB; model version %d%n%s",
                        runs,
                        cacheBytes / 1e6,
                        imageCacheBytes / 1e6,
                        modelVersion,
                        machine.toText()));
        output.result(json, text.toString());
    }
}
