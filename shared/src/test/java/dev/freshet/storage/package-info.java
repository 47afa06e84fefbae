/**
 * The contracts of the ports: one suite for each, passed alike by the adapters in memory and by
 * those of AWS's services.
 */
@NullMarked
package dev.freshet.storage;

import org.jspecify.annotations.NullMarked;
