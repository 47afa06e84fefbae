/**
 * The IAM gate: every call to AWS that the functions and the worker make on the emulators is one
 * that their roles in the template allow. Emulators check no permissions.
 */
@NullMarked
package dev.freshet.iam;

import org.jspecify.annotations.NullMarked;
