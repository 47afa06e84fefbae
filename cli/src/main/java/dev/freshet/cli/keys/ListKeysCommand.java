package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.cli.Output;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet keys list}: lists keys, without secrets. */
@Command(
        name = "list",
        mixinStandardHelpOptions = true,
        description =
                "Lists keys, oldest first, by the last characters of their ids. A key that expired or was"
                        + " revoked is listed for 90 days.")
final class ListKeysCommand implements Callable<Integer> {

    @Option(names = "--valid", description = "List only keys that are valid now.")
    private boolean valid;

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        return KeyStore.with(stores, this::list);
    }

    private int list(KeyStore store) {
        AccessKeyService service = store.keys();
        Instant now = service.now();
        List<AccessKey> keys =
                service.all().stream().filter(key -> !valid || key.holds(now)).toList();
        ObjectNode json = JsonNodeFactory.instance.objectNode();
        json.withArray("keys");
        keys.forEach(key -> json.withArray("keys").add(KeyView.json(key, now)));
        output.result(json, KeyView.table(keys, now));
        return 0;
    }
}
