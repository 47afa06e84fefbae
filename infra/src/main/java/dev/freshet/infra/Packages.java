package dev.freshet.infra;

import java.nio.file.Path;

/**
 * The packages that the build made for the functions and the worker, and the pages.
 *
 * @param functions the jar of all functions
 * @param embedding the folder of the Lambda layer that turns texts into vectors
 * @param worker the folder of the worker's Dockerfile and of the files in its image
 * @param site the folder with the headers of the pages, {@code headers.json}
 */
record Packages(Path functions, Path embedding, Path worker, Path site) {}
