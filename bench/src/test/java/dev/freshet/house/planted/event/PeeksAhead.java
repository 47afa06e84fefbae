package dev.freshet.house.planted.event;

import dev.freshet.house.planted.model.Learned;

/** An event that knows the model. */
public record PeeksAhead(Learned learned) {}
