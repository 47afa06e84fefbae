/**
 * Profiles of users: attributes, consent, aliases, counts of impressions, tombstones of erasures.
 *
 * <p>Enters: profile changes and alias requests. Leaves: {@link dev.freshet.profile.UserProfile} in
 * the {@link dev.freshet.profile.Users} port, changed by conditional writes, and aliases in the
 * {@code events} stream.
 */
@NullMarked
package dev.freshet.profile;

import org.jspecify.annotations.NullMarked;
