package dev.freshet.access;

import dev.freshet.access.AccessKey.KeyKind;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Verifies the credential in the {@code Authorization} header of a request, at the cost of one read
 * of the keys and one hash or signature. An unavailable store throws, so that no caller is admitted
 * meanwhile.
 */
public record Authenticator(AccessKeys keys, UserTokens tokens, InstantSource clock) {
    /**
     * The form of the header: a bearer token (RFC 6750) of at most 4,096 characters. API Gateway
     * has the same pattern and refuses other headers without calling the authorizer.
     */
    public static final String FORM = "[Bb]earer [A-Za-z0-9._-]{20,4096}";

    private static final Pattern HEADER = Pattern.compile("[Bb]earer ([A-Za-z0-9._-]{20,4096})");

    /**
     * The reasons for which a credential is refused. They are for metrics; callers do not see them.
     */
    public enum Reason {
        /** The header is not in the form of a key or a token. */
        MALFORMED,
        /** The key does not exist, or its secret differs. */
        UNKNOWN,
        /** The key is revoked or expired. */
        ENDED,
        /** The key of the token is valid, but the token is forged, expired or of another stack. */
        TOKEN;

        /** Returns the name in metrics, such as {@code Malformed}. */
        public String figure() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** The result of a verification. */
    public sealed interface Verdict {
        /** The credential is valid. */
        record Admitted(AccessKey key, Caller caller) implements Verdict {}

        /** The credential is refused. */
        record Refused(Reason reason) implements Verdict {}
    }

    /**
     * Verifies the value of a header.
     *
     * @param header any text
     */
    public Verdict judge(String header) {
        Matcher form = HEADER.matcher(header);
        if (!form.matches()) {
            return new Verdict.Refused(Reason.MALFORMED);
        }
        String credential = form.group(1);
        Instant now = clock.instant();
        return KeyText.parse(credential)
                .map(key -> key(key, now))
                .or(() -> UserTokens.open(credential).map(token -> token(token, now)))
                .orElseGet(() -> new Verdict.Refused(Reason.MALFORMED));
    }

    private Verdict key(KeyText text, Instant now) {
        Optional<AccessKey> row = keys.get(text.keyId());
        if (!text.opens(row)) {
            return new Verdict.Refused(Reason.UNKNOWN);
        }
        AccessKey key = row.orElseThrow();
        Caller caller =
                switch (key.kind()) {
                    case SECRET -> new Caller.Secret(key.keyId());
                    case INSIGHTS -> new Caller.Insights(key.keyId());
                    case EXPERIMENTS -> new Caller.Experiments(key.keyId(), key.name());
                    // the text of a user-tokens key opens no row
                    case PUBLISHABLE, USER_TOKENS ->
                            new Caller.Publishable(key.keyId(), key.origins());
                };
        return key.holds(now)
                ? new Verdict.Admitted(key, caller)
                : new Verdict.Refused(Reason.ENDED);
    }

    private Verdict token(UserTokens.Unverified token, Instant now) {
        Optional<AccessKey> row =
                keys.get(token.keyId()).filter(key -> key.kind() == KeyKind.USER_TOKENS);
        if (row.isEmpty()) {
            return new Verdict.Refused(Reason.UNKNOWN);
        }
        AccessKey key = row.get();
        if (!key.holds(now)) {
            return new Verdict.Refused(Reason.ENDED);
        }
        return tokens.verify(token, key, now)
                .<Verdict>map(user -> new Verdict.Admitted(key, user))
                .orElseGet(() -> new Verdict.Refused(Reason.TOKEN));
    }
}
