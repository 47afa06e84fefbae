package dev.freshet.testkit.fuzz;

import com.auth0.jwt.JWT;
import com.auth0.jwt.algorithms.Algorithm;
import dev.freshet.access.Authenticator;
import dev.freshet.access.Caller;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.Signer;
import dev.freshet.access.UserTokens;
import dev.freshet.testkit.SettableClock;
import dev.freshet.testkit.memory.MemoryAccessKeys;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.Set;

/**
 * The header {@code Authorization}: keys and tokens. Nobody may be let in but by a header that was
 * handed out.
 */
public final class CredentialsTarget implements FuzzTarget {
    private static final Instant NOW = Instant.parse("2026-11-25T17:00:00Z");

    private final Signer stack = new Signer("s".repeat(32).getBytes(StandardCharsets.US_ASCII));
    private final MemoryAccessKeys keys = new MemoryAccessKeys(new SettableClock(NOW));
    private final Authenticator authenticator;
    private final String secret;
    private final String publishable;
    private final String token;

    public CredentialsTarget() {
        KeyGenerator generator = new KeyGenerator(new Random(11));
        authenticator = new Authenticator(keys, new UserTokens(() -> stack, "freshet"), () -> NOW);
        secret = put(generator.secret("server", NOW, null));
        publishable = put(generator.publishable("page", List.of(), NOW, null));
        KeyGenerator.Minted users = generator.hs256("users", stack, NOW, null);
        put(users);
        token =
                JWT.create()
                        .withKeyId(users.row().keyId())
                        .withAudience("freshet")
                        .withSubject("u")
                        .withExpiresAt(NOW.plusSeconds(600))
                        .sign(Algorithm.HMAC256(users.shown()));
    }

    private String put(KeyGenerator.Minted key) {
        keys.put(key.row());
        return key.shown();
    }

    @Override
    public String name() {
        return "credentials";
    }

    @Override
    public List<byte[]> seeds() {
        String[] parts = token.split("\\.", 3);
        String none = base64("{\"alg\":\"none\",\"kid\":\"aaaaaaaaaaaa\"}");
        return List.of(secret, publishable, token, none + "." + parts[1] + ".").stream()
                .map(text -> "Bearer " + text)
                .map(text -> text.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    private static String base64(String text) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public List<String> words() {
        return List.of(
                "Bearer ",
                "fsk_",
                "fpk_",
                ".",
                base64("{\"alg\":\"none\"}"),
                base64("{\"exp\":1e99,\"sub\":[],\"aud\":{}}"),
                base64("{\"alg\":\"ES256\",\"kid\":\"aaaaaaaaaaaa\",\"crit\":[\"a\"]}"));
    }

    @Override
    public void take(byte[] input) {
        String header = new String(input, StandardCharsets.UTF_8);
        if (authenticator.judge(header)
                instanceof Authenticator.Verdict.Admitted(var key, var caller)) {
            String credential = header.substring("Bearer ".length());
            boolean handedOut =
                    caller instanceof Caller.User
                            ? credential.startsWith(token.substring(0, token.lastIndexOf('.')))
                            : Set.of(secret, publishable).contains(credential);
            if (!handedOut) {
                throw new IllegalStateException("let in by what nobody was given: " + key.keyId());
            }
        }
    }
}
