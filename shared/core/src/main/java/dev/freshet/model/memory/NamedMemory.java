package dev.freshet.model.memory;

import dev.freshet.example.Example;

/**
 * An object of neighbours that a model names.
 *
 * @param items number of items that the model had when it was named; later ones have no neighbours
 *     in it
 */
public record NamedMemory(Example.Neighbours name, int items) {}
