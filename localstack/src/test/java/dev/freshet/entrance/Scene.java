package dev.freshet.entrance;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.freshet.access.AccessKey;
import dev.freshet.access.AccessKey.Origin;
import dev.freshet.access.AccessKeys;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.Signer;
import dev.freshet.access.UserTokens;
import dev.freshet.api.FreshetClient;
import dev.freshet.aws.Clients;
import dev.freshet.aws.Secrets;
import dev.freshet.functions.runtime.StackStores;
import dev.freshet.local.LocalCloud;
import dev.freshet.local.Options;
import dev.freshet.local.TestCloud;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/** A local cloud with keys of every kind. */
final class Scene implements AutoCloseable {
    private final LocalCloud cloud;
    private final Clients clients;
    private final AccessKeys keys;
    private final KeyGenerator generator = new KeyGenerator(new SecureRandom());
    private final Signer stack;

    final String secret;
    final String insights;
    final String experiments;
    final String publishable;
    final String bound;
    final AccessKey userTokens;

    /** The origin to which the key {@link #bound} is restricted. */
    static final String ORIGIN = "https://www.example.org";

    private static final class Shared {
        private static final Scene SCENE = new Scene(TestCloud.shared());
    }

    private Scene(LocalCloud cloud) {
        this.cloud = cloud;
        clients = new Clients(cloud.settings());
        keys = new StackStores(cloud.settings(), clients, InstantSource.system()).accessKeys();
        stack = new Signer(new Secrets(cloud.settings(), clients).secret());
        Instant now = Instant.now();
        secret = put(generator.secret("test", now, null));
        insights = put(generator.insights("test", now, null));
        experiments = put(generator.experiments("test", now, now.plusSeconds(3_600)));
        publishable = put(generator.publishable("test", List.of(), now, null));
        bound = put(generator.publishable("test", List.of(new Origin(ORIGIN)), now, null));
        Minted tokens = generator.hs256("test", stack, now, null);
        put(tokens);
        userTokens = tokens.row();
    }

    /** Returns the one on the cloud that tests share, which nobody closes. */
    static Scene shared() {
        return Shared.SCENE;
    }

    /** Starts a cloud without limits of usage plans. */
    static Scene start(Path state) {
        return new Scene(
                LocalCloud.start(
                        TestCloud.options(state)
                                .with(Options.Switch.PLANS_LIFTED)
                                .withMessages(line -> {})));
    }

    LocalCloud cloud() {
        return cloud;
    }

    AccessKeys keys() {
        return keys;
    }

    KeyGenerator generator() {
        return generator;
    }

    /** Stores a key's row; returns the text of the key. */
    String put(Minted generated) {
        if (!keys.put(generated.row())) {
            throw new AssertionError("the key id exists already");
        }
        return generated.shown();
    }

    /** Returns a secret key that was revoked before its first use. */
    String revoked() {
        Minted generated = generator.secret("test", Instant.now(), null);
        put(generated);
        revoke(generated.row().keyId());
        return generated.shown();
    }

    void revoke(String keyId) {
        if (!keys.put(keys.get(keyId).orElseThrow().revoked(Instant.now()))) {
            throw new AssertionError("another wrote the row");
        }
    }

    /** Returns the secret with which the site's backend signs user tokens. */
    byte[] signingSecret() {
        return UserTokens.hs256Secret(stack, userTokens.keyId())
                .getBytes(StandardCharsets.US_ASCII);
    }

    /**
     * Returns a token for a user that expires after this duration; a negative duration returns one
     * that has expired already.
     */
    String token(String user, Duration timeToLive) {
        return JWT.create()
                .withKeyId(userTokens.keyId())
                .withSubject(user)
                .withAudience(cloud.settings().audience())
                .withExpiresAt(Instant.now().plus(timeToLive))
                .sign(Algorithm.HMAC256(signingSecret()));
    }

    FreshetClient client(String credential) {
        return new FreshetClient(cloud.apiUri(), Optional.of(credential));
    }

    FreshetClient anonymousClient() {
        return new FreshetClient(cloud.apiUri());
    }

    @Override
    public void close() {
        clients.close();
        cloud.close();
    }
}
