package dev.freshet.cli.keys;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator.Minted;
import dev.freshet.access.Proof;
import java.time.Instant;

/** How a new key is told, the one time that its secret is. */
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
                    generated.shown() + "\nThis is the only time that it is shown. " + use(row);
            case Proof.Derived hs256 ->
                    generated.shown()
                            + "\nThis is the only time that it is shown: the signing secret of"
                            + " your backend, for HS256."
                            + claims(row, audience);
            case Proof.PublicKey es256 ->
                    "Tokens that your backend signs with the private key are believed, ES256."
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
                            + "): anybody can read it there.";
            case SECRET, USER_TOKENS -> "For servers: keep it out of pages and repositories.";
        };
    }

    private static String claims(AccessKey row, String audience) {
        return "\nIts tokens carry kid "
                + row.keyId()
                + ", aud "
                + audience
                + ", sub, and exp at most an hour ahead.";
    }
}
