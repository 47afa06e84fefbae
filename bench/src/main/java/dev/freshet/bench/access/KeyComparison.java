package dev.freshet.bench.access;

import dev.freshet.access.AccessKey;
import dev.freshet.access.KeyGenerator;
import dev.freshet.access.KeyText;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Keys that an attacker who guesses a key by timing would compare. */
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

    /** One guess with the row stored under its id, if any. */
    record Guess(KeyText text, Optional<AccessKey> row) {
        boolean matches() {
            return text.opens(row);
        }
    }

    /** Returns a key whose first character is wrong. */
    Guess wrongAtOnce() {
        return new Guess(firstWrong, row);
    }

    /** Returns a key that is right except for the last character. */
    Guess wrongAtLast() {
        return new Guess(lastWrong, row);
    }

    /** Returns a key with an unknown id. */
    Guess unknown() {
        return new Guess(lastWrong, Optional.empty());
    }
}
