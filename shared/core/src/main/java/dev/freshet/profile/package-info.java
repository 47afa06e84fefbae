/**
 * Profiles of users: consent, aliases, what was shown, tombstones.
 *
 * <p>Enters: profile changes and alias requests. Leaves: {@link dev.freshet.profile.UserProfile}
 * behind the {@link dev.freshet.profile.Users} port, changed by conditional writes.
 */
@NullMarked
package dev.freshet.profile;

import org.jspecify.annotations.NullMarked;
