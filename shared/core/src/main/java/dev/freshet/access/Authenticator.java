package dev.freshet.access;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Judges what a request says in its {@code Authorization} header: one read of the keys, one hash or
 * one signature. A store that does not answer throws; nobody is let in meanwhile.
 */
public final class Authenticator {
    /**
     * The form of the header, also given to API Gateway, which refuses others without asking: a
     * bearer token (RFC 6750) of at most 4,096 characters.
     */
    public static final String FORM = "[Bb]earer [A-Za-z0-9._-]{20,4096}";

    private static final Pattern HEADER = Pattern.compile("[Bb]earer ([A-Za-z0-9._-]{20,4096})");

    /** Why a credential was refused: for figures; callers learn none of it. */
    public enum Reason {
        /** Neither a key nor a token, or in no known form. */
        MALFORMED,
        /** There is no such key, or its secret is another. */
        UNKNOWN,
        /** It was good once: revoked or expired. */
        ENDED,
        /** A token whose key is good but which is forged, over or of another stack. */
        TOKEN;

        /** {@code Malformed}, as figures are named. */
        public String figure() {
            return name().charAt(0) + name().substring(1).toLowerCase(Locale.ROOT);
        }
    }

    /** What came of it. */
    public sealed interface Verdict {
        /** Let in. */
        record Admitted(AccessKey key, Caller caller) implements Verdict {}

        /** Not. */
        record Refused(Reason reason) implements Verdict {}
    }

    private final AccessKeys keys;
    private final UserTokens tokens;
    private final InstantSource clock;

    public Authenticator(AccessKeys keys, UserTokens tokens, InstantSource clock) {
        this.keys = keys;
        this.tokens = tokens;
        this.clock = clock;
    }

    /**
     * Judges a header's value.
     *
     * @param header may be anything
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
                key.kind() == KeyKind.SECRET
                        ? new Caller.Secret(key.keyId())
                        : new Caller.Publishable(key.keyId(), key.origins());
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
