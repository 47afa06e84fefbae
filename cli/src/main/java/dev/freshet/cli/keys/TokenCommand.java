package dev.freshet.cli.keys;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.freshet.access.AccessKey;
import dev.freshet.access.Proof;
import dev.freshet.access.UserTokens;
import dev.freshet.cli.CommandException;
import dev.freshet.cli.Output;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code freshet keys token}: signs a user token for a trial, as a site's backend would. */
@Command(
        name = "token",
        mixinStandardHelpOptions = true,
        description = {
            "Signs a user token with the secret of a key of the kind user-tokens, by HS256.",
            "For trials: in production, the backend of the site signs tokens for the users whom it"
                    + " signed in."
        })
final class TokenCommand implements Callable<Integer> {

    @Option(names = "--user", paramLabel = "ID", required = true, description = "Id of the user.")
    @SuppressWarnings("NullAway.Init")
    private String user;

    @Option(
            names = "--key",
            paramLabel = "KEYID",
            required = true,
            description = "Id of the user-tokens key, or the last 4 or more characters of it.")
    @SuppressWarnings("NullAway.Init")
    private String keyId;

    @Option(
            names = "--minutes",
            paramLabel = "N",
            description =
                    "How many minutes the token is valid, 1 to 60. Default: ${DEFAULT-VALUE}.")
    private int minutes = 15;

    @Mixin private final KeyStoreOptions stores = new KeyStoreOptions();

    @Mixin private final Output output = new Output();

    @Override
    public Integer call() throws InterruptedException {
        if (minutes < 1 || minutes > UserTokens.LONGEST.toMinutes()) {
            throw new CommandException("--minutes must be between 1 and 60.");
        }
        return KeyStore.with(stores, this::sign);
    }

    private int sign(KeyStore store) {
        AccessKeyService service = store.keys();
        AccessKey key = service.find(keyId);
        if (!(key.proof() instanceof Proof.Derived)) {
            throw new CommandException(
                    "Only a user-tokens key of HS256 can sign here: the private key of ES256 is not"
                            + " known to the stack.");
        }
        Instant now = service.now();
        if (!key.holds(now)) {
            throw new CommandException("This key is not valid any more: its tokens are refused.");
        }
        Instant end = now.plus(Duration.ofMinutes(minutes));
        byte[] secret =
                UserTokens.hs256Secret(store.stack(), key.keyId())
                        .getBytes(StandardCharsets.US_ASCII);
        String token =
                JWT.create()
                        .withKeyId(key.keyId())
                        .withSubject(user)
                        .withAudience(store.audience())
                        .withIssuedAt(now)
                        .withExpiresAt(end)
                        .sign(Algorithm.HMAC256(secret));
        output.result(
                JsonNodeFactory.instance
                        .objectNode()
                        .put("token", token)
                        .put("userId", user)
                        .put("expiresAt", end.toString()),
                token);
        return 0;
    }
}
