/**
 * The arms of one user: in which arms lists were made for the user, and since when the user belongs
 * to an arm.
 *
 * <p>Enters: the arms of lists that the user was shown. Leaves: the user's enrolments, and what
 * they make of each later event. Values only; the definitions of experiments are not known here.
 */
@NullMarked
package dev.freshet.enrolment;

import org.jspecify.annotations.NullMarked;
