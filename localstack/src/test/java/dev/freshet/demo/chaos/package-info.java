/** The demo while each process of its local cloud is killed in turn. */
@NullMarked
package dev.freshet.demo.chaos;

import org.jspecify.annotations.NullMarked;
