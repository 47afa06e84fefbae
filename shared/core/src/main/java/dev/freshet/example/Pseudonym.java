package dev.freshet.example;

/**
 * A user's name in the model: the first 64 bits of HMAC-SHA-256 of the user's id under the stack's
 * secret.
 *
 * @param bits the 64 bits
 */
public record Pseudonym(long bits) {}
