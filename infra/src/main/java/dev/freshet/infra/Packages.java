package dev.freshet.infra;

import java.nio.file.Path;

/**
 * What the build made for functions to run.
 *
 * @param functions the jar of all functions
 * @param embedding the layer that turns texts into vectors, a folder
 */
record Packages(Path functions, Path embedding) {}
