/**
 * Values of the attributes that a site gives to its items and users.
 *
 * <p>Enters: a JSON object of names and values. Leaves: checked {@link
 * dev.freshet.attribute.AttributeValue values} by name, or an {@link
 * dev.freshet.attribute.Attributes.InvalidAttributesException} with a sentence; and the JSON of
 * such values, equal for equal values.
 */
@NullMarked
package dev.freshet.attribute;

import org.jspecify.annotations.NullMarked;
