package dev.freshet.example;

/** A reader without a name: the first 64 bits of HMAC-SHA-256 under the stack's secret. */
public record Pseudonym(long bits) {}
