/**
 * Bounds and parameters of the model.
 *
 * <p>Enters: nothing. Leaves: {@link dev.freshet.model.settings.ModelSettings} with its defaults.
 */
@NullMarked
package dev.freshet.model.settings;

import org.jspecify.annotations.NullMarked;
