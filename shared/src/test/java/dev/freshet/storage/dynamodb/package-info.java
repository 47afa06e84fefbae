/** What the adapters do when the service refuses, played by a stand-in. */
@NullMarked
package dev.freshet.storage.dynamodb;

import org.jspecify.annotations.NullMarked;
