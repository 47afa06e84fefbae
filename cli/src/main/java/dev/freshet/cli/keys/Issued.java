package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.Proof;
import java.time.Instant;

/** Renders a new key, the only time that its secret is shown. */
final class Issued {

    private Issued() {}

    static ObjectNode json(Minted generated, String audience, Instant now) {
        AccessKey row = generated.row();
        ObjectNode json = KeyView.json(row, now);
        switch (row.proof()) {
            case Proof.SecretHash hash -> json.put("key", generated.shown());
            case Proof.Derived hs256 ->
                    json.put("algorithm", "HS256")
                            .put("signingSecret", generated.shown())
                            .put("audience", audience);
            case Proof.PublicKey es256 -> json.put("algorithm", "ES256").put("audience", audience);
        }
        return json;
    }

    static String text(Minted generated, String audience) {
        AccessKey row = generated.row();
        return switch (row.proof()) {
            case Proof.SecretHash hash ->
                    generated.shown()
                            + "\nThis is the only time that the key is shown. "
                            + use(row);
            case Proof.Derived hs256 ->
                    generated.shown()
                            + "\nThis is the only time that the signing secret is shown, with which"
                            + " your backend signs tokens by HS256."
                            + claims(row, audience);
            case Proof.PublicKey es256 ->
                    "Tokens that your backend signs with the private key by ES256 are accepted."
                            + claims(row, audience);
        };
    }

    private static String use(AccessKey row) {
        return switch (row.kind()) {
            case PUBLISHABLE ->
                    "For pages ("
                            + (row.origins().isEmpty()
                                    ? "of any origin"
                                    : "of " + KeyView.origins(row))
                            + "): everybody can read it there.";
            case INSIGHTS ->
                    "For the dashboard, until "
                            + row.expiresAt()
                            + ": whoever has it reads the site's figures.";
            case SECRET, USER_TOKENS -> "For servers: keep it out of pages and repositories.";
        };
    }

    private static String claims(AccessKey row, String audience) {
        return "\nIts tokens have kid "
                + row.keyId()
                + ", aud "
                + audience
                + ", sub, and exp at most an hour ahead.";
    }
}
