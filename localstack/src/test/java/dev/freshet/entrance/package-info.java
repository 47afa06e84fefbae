/**
 * The API's entrance end to end: on the local cloud, with the synthesized template and the real
 * functions, who gets in and who does not.
 */
@NullMarked
package dev.freshet.entrance;

import org.jspecify.annotations.NullMarked;
