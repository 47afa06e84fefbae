package dev.freshet.infra;

import java.nio.file.Path;

/**
 * What the build made to be run.
 *
 * @param functions the jar of all functions
 * @param embedding the layer that turns texts into vectors, a folder
 * @param worker the folder of the worker's Dockerfile and of what goes into its image
 */
record Packages(Path functions, Path embedding, Path worker) {}
