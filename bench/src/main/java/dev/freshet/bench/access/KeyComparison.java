package dev.freshet.bench.access;

import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyText;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** What somebody who guesses a key by time would compare. */
final class KeyComparison {
    private final Optional<AccessKey> row;
    private final KeyText firstWrong;
    private final KeyText lastWrong;

    KeyComparison(RandomGenerator random, Instant now) {
        KeyGenerator.Minted generated = new KeyGenerator(random).secret("bench", now, null);
        KeyText right = KeyText.parse(generated.shown()).orElseThrow();
        String secret = right.secret();
        this.row = Optional.of(generated.row());
        this.firstWrong =
                new KeyText(
                        right.kind(), right.keyId(), other(secret.charAt(0)) + secret.substring(1));
        int last = secret.length() - 1;
        this.lastWrong =
                new KeyText(
                        right.kind(),
                        right.keyId(),
                        secret.substring(0, last) + other(secret.charAt(last)));
    }

    private static String other(char letter) {
        return letter == 'a' ? "b" : "a";
    }

    /** One guess, against what is kept under its id. */
    record Guess(KeyText text, Optional<AccessKey> row) {
        boolean opens() {
            return text.opens(row);
        }
    }

    /** A secret whose first character is wrong. */
    Guess wrongAtOnce() {
        return new Guess(firstWrong, row);
    }

    /** A secret that is right but for the last character. */
    Guess wrongAtLast() {
        return new Guess(lastWrong, row);
    }

    /** A key of an id that is nobody's. */
    Guess unknown() {
        return new Guess(lastWrong, Optional.empty());
    }
}
