package dev.freshet.access;

import java.security.AlgorithmParameters;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.interfaces.ECPublicKey;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.ECParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** The stored data by which a credential is verified; no credential can be derived from it. */
public sealed interface Proof {
    /**
     * The SHA-256 of a secret of 256 random bits, which needs neither salt nor stretching.
     *
     * @param sha256 64 hexadecimal digits, lower case
     */
    record SecretHash(String sha256) implements Proof {
        private static final Pattern FORM = Pattern.compile("[0-9a-f]{64}");

        public SecretHash {
            if (!FORM.matcher(sha256).matches()) {
                throw new IllegalArgumentException("a hash is 64 hexadecimal digits");
            }
        }

        byte[] bytes() {
            return HexFormat.of().parseHex(sha256);
        }
    }

    /**
     * HS256: the signing secret is derived from the stack's secret and the key's id, and not
     * stored.
     */
    record Derived() implements Proof {}

    /**
     * ES256: the private key stays with the site.
     *
     * @param x509 the public key on the curve P-256, SubjectPublicKeyInfo in base64
     */
    record PublicKey(String x509) implements Proof {
        private static final String RULE =
                "the public key must be of the elliptic curve P-256 (prime256v1)";

        private static final Pattern PEM =
                Pattern.compile(
                        "\\s*-----BEGIN PUBLIC KEY-----([A-Za-z0-9+/=\\s]{1,1024})"
                                + "-----END PUBLIC KEY-----\\s*");

        public PublicKey {
            ECPublicKey _ = parse(x509);
        }

        /**
         * Parses a PEM file, as {@code openssl ec -pubout} writes it.
         *
         * @throws IllegalArgumentException with a message that states the required form
         */
        public static PublicKey ofPem(String pem) {
            var form = PEM.matcher(pem);
            if (!form.matches()) {
                throw new IllegalArgumentException(
                        "the file must hold one public key, -----BEGIN PUBLIC KEY-----");
            }
            return new PublicKey(form.group(1).replaceAll("\\s", ""));
        }

        ECPublicKey key() {
            return parse(x509);
        }

        private static ECPublicKey parse(String x509) {
            try {
                var encoded = new X509EncodedKeySpec(Base64.getDecoder().decode(x509));
                if (KeyFactory.getInstance("EC").generatePublic(encoded) instanceof ECPublicKey key
                        && isOfTheCurve(key.getParams())) {
                    return key;
                }
                throw new IllegalArgumentException(RULE);
            } catch (GeneralSecurityException unread) {
                throw new IllegalArgumentException(RULE, unread);
            }
        }

        private static boolean isOfTheCurve(ECParameterSpec given) throws GeneralSecurityException {
            var named = AlgorithmParameters.getInstance("EC");
            named.init(new ECGenParameterSpec("secp256r1"));
            ECParameterSpec curve = named.getParameterSpec(ECParameterSpec.class);
            return given.getCurve().equals(curve.getCurve())
                    && given.getGenerator().equals(curve.getGenerator())
                    && given.getOrder().equals(curve.getOrder())
                    && given.getCofactor() == curve.getCofactor();
        }
    }
}
