package dev.freshet.house.planted.model;

import dev.freshet.house.planted.storage.Adapter;
import java.time.Instant;
import java.util.Random;
import java.util.UUID;

/** A model that builds an adapter and makes up its own time, dice and names. */
public final class Learned {
    public final Adapter adapter = new Adapter();
    public final Instant now = Instant.now();
    public final int die = new Random(6).nextInt();
    public final UUID id = UUID.randomUUID();
}
