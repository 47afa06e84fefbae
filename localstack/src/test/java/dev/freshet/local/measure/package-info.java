@NullMarked
package dev.freshet.local.measure;

import org.jspecify.annotations.NullMarked;
